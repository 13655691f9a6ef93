#include "pulsebench/exchange/foreign_name.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sources.hpp"

using namespace pulsebench;
using namespace pulsebench::exchange;

TEST_CASE("a name that can be an id is that id") {
  for (const char* name : {"BM_sort<int>/8", "tests/a.py::b[1 2]", "größe", "x"}) {
    CHECK(id_of_foreign(name).text() == name);
  }
}

TEST_CASE("every name has an id, which gives the name back") {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  for (const std::string& name :
       {std::string{}, std::string{"\\"}, std::string{"\\x41"}, std::string{"a\nb"}, bytes,
        std::string{"\x1b[31m"}, std::string{"\xff"}, std::string{"a\xe2\x80\xae\x62"},
        std::string{"\0", 1}, std::string(250, '\x01')}) {
    CAPTURE(name);
    CHECK(foreign_name_of(id_of_foreign(name)) == name);
  }
}

TEST_CASE("two names have two ids") {
  const std::vector<std::string> names{"", "\\", "\\x", "\\x41", "A", "\\\\", "\n", "\\x0a", "\\~"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) CHECK(id_of_foreign(names[i]) != id_of_foreign(names[k]));
  }
}

// The digits are those of `printf '%1100s' | tr ' ' a | sha256sum`.
TEST_CASE("a name that is too long is cut, and differs by its hash") {
  const std::string id = id_of_foreign(std::string(1100, 'a')).text();
  CHECK(id.size() <= 1000);
  CHECK(id.ends_with("a\\~a82bbb9b6dd92b2f"));
  CHECK(id_of_foreign(std::string(1101, 'a')).text() != id);
  CHECK(id_of_foreign(std::string(1000, 'a')).text() == std::string(1000, 'a'));
}

TEST_CASE("two benchmarks that get one id are an error that names both") {
  const auto row = [](const std::string& name, int family) {
    return R"({"run_name":")" + name +
           R"(","run_type":"iteration","iterations":1,"family_index":)" + std::to_string(family) +
           R"(,"per_family_instance_index":0,"real_time":1,"cpu_time":1,"time_unit":"ns"})";
  };
  const auto report = [&](const std::string& first, const std::string& second) {
    return text_source(R"({"context":{},"benchmarks":[)" + row(first, 0) + "," + row(second, 1) +
                       "]}");
  };
  const std::string configured = why_not(report("sort", "sort/real_time"));
  CHECK(has(configured, "the id 'sort': 'sort' and 'sort/real_time'"));
  CHECK(has(why_not(report("sort", "sort")), "the id 'sort': 'sort' and 'sort'"));
}
