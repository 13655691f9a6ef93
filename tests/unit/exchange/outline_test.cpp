#include "pulsebench/exchange/outline.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench::exchange;
using Keys = std::set<std::string, std::less<>>;

TEST_CASE("an outline has the keys of objects and of the first entry of a list") {
  CHECK(outline_of(R"({"a": {"b": 1}, "c": [{"d": "x"}, {"e": 1}], "f": [[{"g": 1}]]})").keys ==
        Keys{"a", "a.b", "c", "c[].d", "f", "f[][].g"});
  CHECK(outline_of(R"([{"a": 1}, {"b": 2}])").keys == Keys{"[].a"});
}

TEST_CASE("an outline of JSON lines has the keys of each line") {
  CHECK(outline_of("{\"a\": 1}\n{\"b\": 2}\n").keys == Keys{"a", "b"});
}

TEST_CASE("texts are no keys, and other texts than JSON have none") {
  CHECK(outline_of(R"({"a": "b", "c": ["d", "e: f"]})").keys == Keys{"a", "c"});
  CHECK(outline_of(R"(Benchmark {"a": 1})").keys.empty());
}

TEST_CASE("what is deep, cut or endless does no harm") {
  CHECK(outline_of(std::string(1'000'000, '[')).keys.empty());
  CHECK(outline_of(R"({"a": [[[[[[[{"deep": 1}]]]]]]], "b)").keys == Keys{"a"});
  std::string many = "{";
  for (int i = 0; i < 5000; ++i) many += "\"" + std::to_string(i) + "\":1,";
  CHECK(outline_of(many).keys.size() == 1000);
}
