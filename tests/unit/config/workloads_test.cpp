#include <doctest/doctest.h>

#include <string>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/config/load.hpp"

using namespace pulsebench;
using config::parse_config;
using config::WorkloadKind;

namespace {

std::string refusal_of(const std::string& workload) {
  const auto parsed = parse_config(R"({"workloads": {"w": )" + workload + "}}", "p.json");
  REQUIRE_FALSE(parsed.has_value());
  CHECK(parsed.error().code == ErrorCode::bad_input);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("a command has its usual metrics, and a report those that it names") {
  const auto parsed = parse_config(
      R"({"workloads": {
          "cli/pack": {"kind": "command", "command": ["{build}/pack", "-{level}"], "tier": 1,
                       "parameters": {"level": ["1", "9"]}, "expect": {"exit_code": 3}},
          "ai": {"kind": "report", "command": ["python3", "ai.py"], "needs": ["model.bin"],
                 "metrics": {"load": {"unit": "ms"}, "rate": {"unit": "1/s"},
                             "peak": {"unit": "MiB", "threshold_percent": 2, "effect": "inform"}}}}})",
      "p.json");
  REQUIRE(parsed.has_value());
  REQUIRE(parsed->workloads.size() == 2);
  const auto& ai = parsed->workloads[0];
  CHECK(ai.kind == WorkloadKind::report);
  CHECK(ai.metrics[0].metric == Metric{.name = "load"});
  CHECK(ai.metrics[0].scale == 1e6);
  CHECK(ai.metrics[1].metric == Metric{.name = "peak", .unit = Unit::bytes});
  CHECK(ai.metrics[1].scale == 1048576);
  CHECK(ai.metrics[2].metric.better == Better::higher);
  const auto& pack = parsed->workloads[1];
  CHECK(pack.tier == Tier::fast);
  CHECK(pack.exit_code == 3);
  CHECK(pack.metrics.size() == 3);
  CHECK(pack.metrics[2].metric.name == "max_rss");
  CHECK(pack.parameters[0].second == std::vector<std::string>{"1", "9"});

  const auto* memory = config::rule_for("cli/pack/level:9:max_rss", *parsed);
  REQUIRE(memory != nullptr);
  CHECK(memory->threshold == Percent{2});
  CHECK(config::rule_for("cli/pack/level:9:wall", *parsed) == nullptr);
  CHECK(config::rule_for("cli/packer:max_rss", *parsed) == nullptr);
  CHECK(config::rule_for("ai:peak", *parsed)->effect == config::Effect::inform);
}

TEST_CASE("a workload that is wrong is refused with one line") {
  CHECK(refusal_of(R"({"command": ["a"]})").find("kind") != std::string::npos);
  CHECK(refusal_of(R"({"kind": "command"})").find("command") != std::string::npos);
  CHECK(refusal_of(R"({"kind": "command", "command": []})").find("list of words") !=
        std::string::npos);
  CHECK(refusal_of(R"({"kind": "report", "command": ["a"]})").find("metrics") != std::string::npos);
  CHECK(refusal_of(R"({"kind": "report", "command": ["a"], "metrics": {"x": {"unit": "mins"}}})")
            .find("must be one of ns, us, ms") != std::string::npos);
  CHECK(refusal_of(R"({"kind": "command", "command": ["a"], "metrics": {"walls": {}}})")
            .find("did you mean wall?") != std::string::npos);
  CHECK(refusal_of(R"({"kind": "command", "command": ["a"], "parameters": {"build": ["x"]}})")
            .find("neither build nor scratch") != std::string::npos);
  CHECK(
      refusal_of(R"({"kind": "command", "command": ["a"], "paramaters": {}})").find("parameters") !=
      std::string::npos);
  const auto named =
      parse_config(R"({"workloads": {"a:b": {"kind": "command", "command": ["a"]}}})", "p.json");
  REQUIRE_FALSE(named.has_value());
  CHECK(named.error().message.find("without a colon") != std::string::npos);
}
