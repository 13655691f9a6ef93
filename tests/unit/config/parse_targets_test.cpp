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
  const auto parsed = parse_targets(json, "targets.json", HardwareClass::cpu_only);
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("targets are found by benchmark id") {
  const auto parsed =
      parse_targets(listing(R"({"id": "budget/consume", "max_ns_per_op": 15, "source": "seed 2"},
                 {"id": "budget/check", "max_ns_per_op": 2.5})"),
                    "targets.json", HardwareClass::cpu_only);
  REQUIRE(parsed.has_value());
  CHECK(parsed->size() == 2);
  CHECK(parsed->at("budget/consume").cost == Cost{15});
  CHECK(parsed->at("budget/check").cost == Cost{2.5});
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
                    "targets.json", HardwareClass::cpu_only);
  REQUIRE(parsed.has_value());
  CHECK(parsed->at("a").allocations == 0.0);
  CHECK(parsed->at("b").allocations == 1.5);
  CHECK_FALSE(parsed->at("b").cost.has_value());
  CHECK_FALSE(parsed->at("c").allocations.has_value());
  CHECK(refusal_of(listing(R"({"id": "a", "max_allocations_per_op": -1})"))
            .find("'targets[0].max_allocations_per_op' must be a number from 0") !=
        std::string::npos);
}

TEST_CASE("a class of hardware has targets of its own before those that every machine has") {
  const std::string text = R"({"schema": "pulsebench-targets", "version": 2,
      "targets": [{"id": "a", "max_ns_per_op": 10}, {"id": "b", "max_ns_per_op": 20}],
      "classes": {"nvidia_gpu": [{"id": "b", "max_ns_per_op": 2}, {"id": "c", "max_ns_per_op": 3}],
                  "cpu_only": [{"id": "c", "max_ns_per_op": 300}]}})";
  const auto cpu = parse_targets(text, "targets.json", HardwareClass::cpu_only);
  REQUIRE(cpu.has_value());
  CHECK(cpu->at("a").cost == Cost{10});
  CHECK(cpu->at("b").cost == Cost{20});
  CHECK(cpu->at("c").cost == Cost{300});
  const auto gpu = parse_targets(text, "targets.json", HardwareClass::nvidia_gpu);
  REQUIRE(gpu.has_value());
  CHECK(gpu->at("a").cost == Cost{10});
  CHECK(gpu->at("b").cost == Cost{2});
  CHECK(gpu->at("c").cost == Cost{3});
}

TEST_CASE("a class that is not known, that is wrong or that an old file has is refused") {
  const auto with = [](const char* version, const char* classes) {
    return R"({"schema": "pulsebench-targets", "version": )" + std::string{version} +
           R"(, "targets": [], "classes": )" + classes + "}";
  };
  CHECK(refusal_of(with("2", R"({"nvidia": []})")) ==
        "targets.json: 'classes.nvidia' is not known; known here are cpu_only, nvidia_gpu");
  CHECK(refusal_of(with("2", R"({"nvidia_gpu": [{"id": "a"}]})")) ==
        "targets.json: 'classes.nvidia_gpu[0].max_ns_per_op' is missing");
  CHECK(refusal_of(with("2", R"({"cpu_only": [{"id": "a", "max_ns_per_op": 1},
                                              {"id": "a", "max_ns_per_op": 1}]})"))
            .find("names 'a' a second time") != std::string::npos);
  CHECK(refusal_of(with("2", "[]")).find("'classes'") != std::string::npos);
  CHECK(refusal_of(with("1", "{}")) == R"(targets.json: 'classes' needs "version": 2)");
  CHECK(refusal_of(with("3", "{}")) ==
        "targets.json: 'version' must be 1 to 2; a newer pulsebench may have written the file");
}
