#include "pulsebench/json/parse.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace pulsebench;

namespace {

std::string refusal_of(const std::string& text) {
  const auto parsed = json::parse(text, "f.json");
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("text that is not JSON is refused with its line and column") {
  CHECK(refusal_of("{\n  \"a\": }") == "f.json: torn or not JSON at line 2, column 8");
  CHECK(refusal_of("{\"a\": 1e999}") == "f.json: not JSON: a number in it is out of range");
}

TEST_CASE("a key that comes twice and a tower of brackets are refused") {
  CHECK(refusal_of(R"({"a": {"b": 1, "b": 2}})") ==
        "f.json: the key 'b' comes twice in one object");
  CHECK(refusal_of(std::string(33, '[') + std::string(33, ']')) ==
        "f.json: nested beyond 32 levels");
  CHECK(json::parse(std::string(32, '[') + std::string(32, ']'), "f.json").has_value());
  CHECK(json::parse(R"({"a": {"b": 1}, "b": 2})", "f.json").has_value());
}

TEST_CASE("a lenient reader takes the last of a repeated key, and nothing else that is wrong") {
  const auto twice = json::parse_leniently(R"({"a": 1, "a": 2})", "f");
  REQUIRE(twice.has_value());
  CHECK((*twice)["a"] == 2);
  const auto message = [](const std::string& text) {
    return json::parse_leniently(text, "f").error().message;
  };
  CHECK(message("{\n\"a\": }") == "f: torn or not JSON at line 2, column 6");
  CHECK(message(std::string(33, '[') + std::string(33, ']')) == "f: nested beyond 32 levels");
  CHECK(json::parse_leniently(std::string(32, '[') + std::string(32, ']'), "f").has_value());
  const std::string text = R"(["\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["])";
  CHECK(json::parse_leniently(text, "f").has_value());
  CHECK(message("[1e999]") == "f: not JSON: a number in it is out of range");
}
