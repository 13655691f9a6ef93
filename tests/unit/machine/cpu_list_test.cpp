#include "pulsebench/machine/cpu_list.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::machine;

TEST_CASE("the kernel's list format is read, sorted and without duplicates") {
  CHECK(parse_cpu_list("1").value() == CpuList{1});
  CHECK(parse_cpu_list("1,3").value() == CpuList{1, 3});
  CHECK(parse_cpu_list("0-2").value() == CpuList{0, 1, 2});
  CHECK(parse_cpu_list(" 5,0-2,1\n").value() == CpuList{0, 1, 2, 5});
  CHECK(parse_cpu_list("8191").value() == CpuList{8191});
}

TEST_CASE("an empty text is an empty list") {
  CHECK(parse_cpu_list("").value().empty());
  CHECK(parse_cpu_list("\n").value().empty());
}

TEST_CASE("the error for an invalid list has its text") {
  for (const char* text : {"a", "1,", ",1", "1,,2", "-1", "1-", "3-1", "1-2-3", "+1", "1 2", "0x1",
                           "8192", "99999999999999999999", "0-99999999", "(null)", "1;2"}) {
    CAPTURE(text);
    const auto cpus = parse_cpu_list(text);
    REQUIRE_FALSE(cpus.has_value());
    CHECK(cpus.error().code == pulsebench::ErrorCode::bad_input);
    CHECK(cpus.error().message.find(text) != std::string::npos);
  }
}

TEST_CASE("a formatted list is parsed to the same list") {
  for (const auto& [cpus, text] : std::vector<std::pair<CpuList, std::string>>{
           {{}, ""}, {{4}, "4"}, {{0, 1}, "0,1"}, {{0, 1, 2, 5, 7, 8, 9}, "0-2,5,7-9"}}) {
    CHECK(format_cpu_list(cpus) == text);
    CHECK(parse_cpu_list(text).value() == cpus);
  }
}

TEST_CASE("lists are sets: differences, intersections, membership") {
  CHECK(without({0, 1, 2}, {1}) == CpuList{0, 2});
  CHECK(common_to({0, 1, 2}, {1, 2, 3}) == CpuList{1, 2});
  CHECK(contains({0, 2}, 2));
  CHECK_FALSE(contains({0, 2}, 1));
}
