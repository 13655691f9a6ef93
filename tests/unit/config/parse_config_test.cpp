#include <doctest/doctest.h>

#include <string>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/config/load.hpp"

using namespace pulsebench;
using config::Config;
using config::Effect;
using config::parse_config;

namespace {

std::string refusal_of(std::string_view json) {
  const auto parsed = parse_config(json, "pulsebench.json");
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
  CHECK(parsed.error().message.find('\n') == std::string::npos);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("an empty object means the tiers of the design") {
  const auto parsed = parse_config("{}", "pulsebench.json");
  REQUIRE(parsed.has_value());
  const auto& gates = parsed->gates;
  CHECK(gates[0].threshold == Percent{5});
  CHECK(gates[0].alpha == 0.01);
  CHECK(gates[0].effect == Effect::fail);
  CHECK(gates[0].min_slices == 1000);
  CHECK(gates[1].threshold == Percent{10});
  CHECK(gates[1].alpha == 0.05);
  CHECK(gates[1].effect == Effect::warn);
  CHECK(gates[2].threshold == Percent{20});
  CHECK(gates[3].effect == Effect::inform);
  CHECK(parsed->presets.at("standard").launches == std::array{20, 16, 16, 16});
  CHECK(parsed->presets.at("quick").launches == std::array{8, 8, 8, 8});
  CHECK(parsed->presets.at("rigorous").launches == std::array{64, 64, 64, 64});
}

TEST_CASE("what the file says replaces the default and leaves its neighbours") {
  const auto parsed = parse_config(
      R"({"tiers": {"1": {"threshold_percent": 7.5, "effect": "fail", "budget_ns_per_op": null}},
          "sampling": {"visit_ms": 20},
          "presets": {"nightly": {"launches": {"0": 100, "1": 30, "2": 20, "3": 20}}},
          "default_preset": "nightly", "suites": ["out/suites", "/opt/suites"]})",
      "pulsebench.json");
  REQUIRE(parsed.has_value());
  CHECK(parsed->gates[1].threshold == Percent{7.5});
  CHECK(parsed->gates[1].effect == Effect::fail);
  CHECK(parsed->gates[1].alpha == 0.05);
  CHECK_FALSE(parsed->gates[1].budget.has_value());
  CHECK(parsed->gates[1].target == Cost{200});
  CHECK(parsed->gates[0] == config::defaults().gates[0]);
  CHECK(parsed->sampling.visit == std::chrono::milliseconds{20});
  CHECK(parsed->sampling.live_visit == std::chrono::milliseconds{8});  // 4 tenths of it
  CHECK(parsed->sampling.live_warm_up == std::chrono::milliseconds{1});
  CHECK(parsed->sampling.slice == std::chrono::microseconds{200});
  CHECK(parsed->presets.size() == 4);
  CHECK(parsed->presets.at("nightly").launches == std::array{100, 30, 20, 20});
  CHECK(parsed->suites ==
        std::vector<config::SuiteEntry>{{.path = "out/suites"}, {.path = "/opt/suites"}});
}

TEST_CASE("an unknown key is named with its path and the key that was meant") {
  CHECK(refusal_of(R"({"tiers": {"0": {"treshold_percent": 5}}})") ==
        "pulsebench.json: 'tiers.0.treshold_percent' is not known; did you mean "
        "'threshold_percent'");
  CHECK(refusal_of(R"({"sampling": {"colour": 5}})").find("known here are slice_us, visit_ms") !=
        std::string::npos);
  CHECK(refusal_of(R"({"tiers": {"4": {}}})").find("'tiers.4' is not known") != std::string::npos);
}

TEST_CASE("a wrong type or a value out of range is named with what is allowed") {
  CHECK(refusal_of(R"({"tiers": {"0": {"threshold_percent": "5"}}})") ==
        "pulsebench.json: 'tiers.0.threshold_percent' must be a number from 0.1 to 1000, not "
        "\"5\"");
  CHECK(refusal_of(R"({"tiers": {"0": {"alpha": 0}}})").find("'tiers.0.alpha' must be a number") !=
        std::string::npos);
  CHECK(refusal_of(R"({"tiers": {"0": {"effect": "explode"}}})") ==
        R"(pulsebench.json: 'tiers.0.effect' must be "fail", "warn" or "inform", not "explode")");
  CHECK(refusal_of(R"({"sampling": {"min_slices": 8.5}})")
            .find("'sampling.min_slices' must be a whole number from 4 to 10000, not 8.5") !=
        std::string::npos);
  CHECK(refusal_of(R"({"suites": "build"})").find("'suites' must be a list") != std::string::npos);
  CHECK(refusal_of(R"({"suites": [""]})").find("'suites[0]' must be a printable text") !=
        std::string::npos);
  CHECK(refusal_of(R"({"tiers": []})").find("'tiers' must be an object, not a list") !=
        std::string::npos);
  CHECK(refusal_of("[]") == "pulsebench.json: must be an object, not a list");
}

TEST_CASE("a preset has a number of launches for each tier") {
  CHECK(refusal_of(R"({"presets": {"p": {"launches": {"0": 20}}}})") ==
        "pulsebench.json: 'presets.p.launches.1' is missing");
  CHECK(refusal_of(R"({"presets": {"p": {}}})") ==
        "pulsebench.json: 'presets.p.launches' is missing");
  CHECK(refusal_of(R"({"presets": {"p": {"launches": {"0": 0, "1": 1, "2": 1, "3": 1}}}})")
            .find("'presets.p.launches.0' must be a whole number from 1 to 1000") !=
        std::string::npos);
  CHECK(refusal_of(R"({"default_preset": "fast"})") ==
        "pulsebench.json: 'default_preset' is 'fast', which is not among the presets");
}

TEST_CASE("values that contradict each other are refused") {
  CHECK(refusal_of(R"({"sampling": {"min_slices": 60}})") ==
        "pulsebench.json: 'sampling.min_slices' is 60, above max_slices, which is 50");
  CHECK(refusal_of(R"({"sampling": {"slice_us": 20000}})").find("'sampling.slice_us' is longer") !=
        std::string::npos);
  CHECK(refusal_of(R"({"sampling": {"slice_us": 2500, "live_visit_ms": 2}})") ==
        "pulsebench.json: 'sampling.slice_us' is longer than the visit that it is a part of "
        "(live_visit_ms)");
}

TEST_CASE("text that is not JSON is refused with its place") {
  CHECK(refusal_of("{\n  \"tiers\": }") ==
        "pulsebench.json: torn or not JSON at line 2, column 12");
  CHECK(refusal_of("").find("not JSON at line 1") != std::string::npos);
  CHECK(refusal_of("{} x").find("not JSON at line 1, column 4") != std::string::npos);
  CHECK(refusal_of(R"({"tiers": {"0": {"alpha": 1e999}}})").find("out of range") !=
        std::string::npos);
}

TEST_CASE("a repeated key and a tower of brackets are refused") {
  CHECK(refusal_of(R"({"tiers": {"0": {"alpha": 0.01, "alpha": 0.5}}})") ==
        "pulsebench.json: the key 'alpha' comes twice in one object");
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  CHECK(refusal_of(deep) == "pulsebench.json: nested beyond 32 levels");
}

TEST_CASE("another schema and a newer version are refused") {
  CHECK(refusal_of(R"({"schema": "pulsebench-targets"})").find("'schema' must be") !=
        std::string::npos);
  CHECK(refusal_of(R"({"version": 2})").find("'version' must be 1; a newer") != std::string::npos);
}

TEST_CASE("an entry of suites may say how its programs are started") {
  const auto parsed = parse_config(
      R"({"suites": ["out", {"path": "build/*_bench", "args": ["--data", ""],
          "working_directory": "data", "environment": {"SIZE": "3", "EMPTY": ""},
          "time_limit_s": 2.5, "tier": 1, "requires": "a disk"}]})",
      "pulsebench.json");
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
  CHECK(parsed->suites ==
        std::vector<config::SuiteEntry>{{.path = "out"},
                                        {.path = "build/*_bench",
                                         .arguments = {"--data", ""},
                                         .environment = {"EMPTY=", "SIZE=3"},
                                         .working_directory = "data",
                                         .time_limit = std::chrono::milliseconds{2500},
                                         .tier = Tier::fast,
                                         .needed = "a disk"}});
}

TEST_CASE("what is wrong with an entry of suites is named") {
  CHECK(refusal_of(R"({"suites": [1]})") ==
        "pulsebench.json: 'suites[0]' must be a path, or an object that has one");
  CHECK(refusal_of(R"({"suites": ["a", {"args": []}]})") ==
        "pulsebench.json: 'suites[1].path' is missing");
  CHECK(refusal_of(R"({"suites": [{"path": "a", "arg": []}]})") ==
        "pulsebench.json: 'suites[0].arg' is not known; did you mean 'args'");
  CHECK(refusal_of(R"({"suites": [{"path": "a", "environment": {"A=B": "1"}}]})") ==
        "pulsebench.json: 'suites[0].environment' has 'A=B', which is not the name of a variable: "
        "letters, digits and underscores, no digit first");
  CHECK(refusal_of(R"({"suites": [{"path": "a", "environment": {"A": 1}}]})") ==
        "pulsebench.json: 'suites[0].environment.A' must be a printable text");
  CHECK(refusal_of(R"({"suites": [{"path": "a", "time_limit_s": 0}]})") ==
        "pulsebench.json: 'suites[0].time_limit_s' must be a number from 0.1 to 3600, not 0");
  CHECK(refusal_of(R"({"suites": [{"path": "a", "tier": 4}]})") ==
        "pulsebench.json: 'suites[0].tier' must be a whole number from 0 to 3, not 4");
  CHECK(refusal_of(R"({"suites": ["b", "a", {"path": "./a", "args": ["x"]}]})") ==
        "pulsebench.json: 'suites[2]' has the path './a', as suites[1] has; name a program once");
}

TEST_CASE("the first rule that matches an id holds, and no other") {
  const auto parsed = parse_config(
      R"({"project": "snappy", "default_tier": 2, "benchmarks": [
          {"match": "^parse/", "tier": 1, "threshold_percent": 3, "target_ns_per_op": 50},
          {"match": "json", "max_allocations_per_op": 0}]})",
      "pulsebench.json");
  REQUIRE_MESSAGE(parsed.has_value(), (parsed ? "" : parsed.error().message));
  CHECK(parsed->project == "snappy");
  CHECK(parsed->default_tier == Tier::concurrent);
  const config::Targets targets{{"parse/xml", {.cost = Cost{7}, .allocations = {}}}};
  const auto* rule = config::rule_for("parse/json", *parsed);
  REQUIRE(rule != nullptr);
  CHECK(rule->tier == Tier::fast);
  CHECK(rule->threshold == Percent{3});
  CHECK(config::target_of("parse/json", *parsed, targets) ==
        config::Target{.cost = Cost{50}, .allocations = {}});
  CHECK(config::target_of("parse/xml", *parsed, targets) ==
        config::Target{.cost = Cost{7}, .allocations = {}});
  CHECK(config::target_of("print/json", *parsed, targets)->allocations == 0.0);
  CHECK(config::rule_for("print/xml", *parsed) == nullptr);
  CHECK_FALSE(config::target_of("print/xml", *parsed, targets));
}

TEST_CASE("what is wrong with a rule is named") {
  CHECK(refusal_of(R"({"benchmarks": [{"match": "["}]})") ==
        "pulsebench.json: 'benchmarks[0].match' is '[', which is not a valid regular expression");
  CHECK(refusal_of(R"({"benchmarks": [{"match": "a", "threshold": 3}]})")
            .starts_with("pulsebench.json: 'benchmarks[0].threshold' is not known"));
  CHECK(refusal_of(R"({"benchmarks": [{"tier": 0}]})") ==
        "pulsebench.json: 'benchmarks[0].match' is missing");
  CHECK(refusal_of(R"({"benchmark": []})") ==
        "pulsebench.json: 'benchmark' is not known; did you mean 'benchmarks'");
  CHECK(refusal_of(R"({"default_tier": -1})") ==
        "pulsebench.json: 'default_tier' must be a whole number from 0 to 3, not -1");
}
