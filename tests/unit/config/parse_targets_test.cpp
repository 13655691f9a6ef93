#include <doctest/doctest.h>

#include <string>

#include "pulsebench/config/load.hpp"

using namespace pulsebench;
using config::parse_targets;

namespace {

std::string listing(const std::string& targets) {
  return R"({"schema": "pulsebench-targets", "version": 1, "targets": [)" + targets + "]}";
}

std::string refusal_of(std::string_view json) {
  const auto parsed = parse_targets(json, "targets.json");
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("targets are found by benchmark id") {
  const auto parsed =
      parse_targets(listing(R"({"id": "budget/consume", "max_ns_per_op": 15, "source": "seed 2"},
                 {"id": "budget/check", "max_ns_per_op": 2.5})"),
                    "targets.json");
  REQUIRE(parsed.has_value());
  CHECK(parsed->size() == 2);
  CHECK(parsed->at("budget/consume").cost == NsPerOp{15});
  CHECK(parsed->at("budget/check").cost == NsPerOp{2.5});
}

TEST_CASE("a target without its number, or with one that cannot be met, is refused by its place") {
  CHECK(refusal_of(listing(R"({"id": "a"})")) ==
        "targets.json: 'targets[0].max_ns_per_op' is missing");
  CHECK(refusal_of(listing(R"({"id": "a", "max_ns_per_op": 0})"))
            .find("'targets[0].max_ns_per_op' must be a number from 0.001") != std::string::npos);
  CHECK(refusal_of(listing(R"({"id": "a", "max_ns_per_op": 1}, {"id": "", "max_ns_per_op": 1})"))
            .find("'targets[1].id' must be a printable text") != std::string::npos);
  CHECK(refusal_of(listing(R"({"id": "a", "max_ns_per_op": 1, "max_ns": 2})"))
            .find("'targets[0].max_ns' is not known") != std::string::npos);
}

TEST_CASE("an id that is listed twice is refused") {
  CHECK(
      refusal_of(listing(R"({"id": "a", "max_ns_per_op": 1}, {"id": "a", "max_ns_per_op": 2})")) ==
      "targets.json: 'targets[1].id' names 'a' a second time");
}

TEST_CASE("a file that is not a list of targets is refused") {
  CHECK(refusal_of("{}") == "targets.json: 'schema' is missing");
  CHECK(refusal_of(R"({"schema": "x", "version": 1, "targets": []})") ==
        R"(targets.json: 'schema' must be "pulsebench-targets")");
  CHECK(refusal_of(R"({"schema": "pulsebench-targets", "version": 1, "targets": {}})") ==
        "targets.json: 'targets' must be a list");
}

TEST_CASE("a target may bound allocations, beside the time or alone") {
  const auto parsed =
      parse_targets(listing(R"({"id": "a", "max_ns_per_op": 15, "max_allocations_per_op": 0},
                 {"id": "b", "max_allocations_per_op": 1.5}, {"id": "c", "max_ns_per_op": 1})"),
                    "targets.json");
  REQUIRE(parsed.has_value());
  CHECK(parsed->at("a").allocations == 0.0);
  CHECK(parsed->at("b").allocations == 1.5);
  CHECK_FALSE(parsed->at("b").cost.has_value());
  CHECK_FALSE(parsed->at("c").allocations.has_value());
  CHECK(refusal_of(listing(R"({"id": "a", "max_allocations_per_op": -1})"))
            .find("'targets[0].max_allocations_per_op' must be a number from 0") !=
        std::string::npos);
}
