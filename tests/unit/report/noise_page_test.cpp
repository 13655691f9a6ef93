#include "pulsebench/report/noise_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

compare::Noise quiet(std::string_view id, double resolves, Tier tier = Tier::critical) {
  compare::Noise noise{.info = fixtures::info(id, tier)};
  noise.cost = Cost{0.723};
  noise.threshold = Percent{tier == Tier::critical ? 5.0 : 10.0};
  noise.gates = tier == Tier::critical;
  noise.resolves = Percent{resolves};
  noise.mean_resolves = Percent{resolves * 1.5};
  noise.blocks = 32;
  noise.seconds = 0.9;
  noise.decisions = noise.passed = 4;
  noise.supported = true;
  return noise;
}

compare::NoiseReport sample() {
  compare::NoiseReport made;
  made.benchmarks = {quiet("budget/consume", 0.81), quiet("hooks/before_poll/noop_hook", 11.9),
                     quiet("hooks/crashy", 0.0), quiet("metrics/increment", 0.02, Tier::fast),
                     quiet("budget/few", 0.3)};
  made.benchmarks[1].supported = false;
  made.benchmarks[1].passed = made.benchmarks[1].decisions = 1;
  made.benchmarks[1].reason = fixtures::said(
      "blocks of unchanged code scatter too much: a change of 11.9 % is the least that stands out");
  auto& crashed = made.benchmarks[2];
  crashed = {.info = crashed.info, .threshold = crashed.threshold, .gates = true};
  crashed.failed = true;
  crashed.reason = fixtures::said("killed by SIGSEGV");
  auto& few = made.benchmarks[4];
  few.resolves.reset();
  few.mean_resolves.reset();
  few.supported = false;
  few.blocks = 8;
  few.reason = fixtures::said("8 blocks are too few to flag anything in a family of 5");
  made.most_blocks = 32;
  made.seed = 4711;
  made.seconds = 30.2;
  made.visit_share = 0.72;
  return made;
}

}  // namespace

TEST_CASE("the first sentence says what is resolved, and which gates hold") {
  CHECK(headline(sample()) ==
        "this machine resolves 11.9 % or better on 3 of 5 benchmarks; tier 0's 5 % gate is "
        "supported for 1 of 4; tier 1's 10 % threshold is supported for 1 of 1");
  auto undeclared = sample();
  for (auto& noise : undeclared.benchmarks) noise.info.tier_declared = false;
  CHECK(headline(undeclared).find("; the 5 % gate is supported for 1 of 4; ") != std::string::npos);
  compare::NoiseReport nothing = sample();
  nothing.benchmarks = {nothing.benchmarks[2]};
  CHECK(headline(nothing).find("too few blocks to detect any change in 1 benchmark") == 0);
}

TEST_CASE("what is resolved is rounded up, and one of twenty may be worse") {
  compare::NoiseReport many;
  for (int i = 0; i < 19; ++i) many.benchmarks.push_back(quiet("a", 1.21));
  many.benchmarks.push_back(quiet("b", 40.0));
  CHECK(headline(many).find("this machine resolves 1.3 % or better on 19 of 20 benchmarks") == 0);
}

TEST_CASE("what skips itself is listed, and counted by no sentence") {
  compare::NoiseReport noise = sample();
  noise.benchmarks.erase(noise.benchmarks.begin() + 2, noise.benchmarks.end());
  noise.benchmarks[1] = {.info = noise.benchmarks[1].info, .skipped = true};
  CHECK(headline(noise) ==
        "this machine resolves 0.9 % or better on 1 of 1 benchmark; tier 0's 5 % gate is "
        "supported for 1 of 1");
  const std::string text = fixtures::as_text(noise_page(noise, 0), 80);
  CHECK(text.find("skipped") != std::string::npos);
  CHECK(text.find("pulsebench doctor") == std::string::npos);
  noise.benchmarks.erase(noise.benchmarks.begin());
  CHECK(headline(noise) == "every benchmark was skipped");
}

TEST_CASE("noise as it is read") {
  const auto made = sample();
  fixtures::check_golden("noise_80.txt", fixtures::as_text(noise_page(made, 0), 80));
  fixtures::check_golden("noise_120.txt", fixtures::as_text(noise_page(made, 0), 120));
  fixtures::check_golden("noise.md", fixtures::as_markdown(noise_page(made, 0)));
}

TEST_CASE("what is not known of the noise is null in the JSON") {
  const auto made = sample();
  const auto json = nlohmann::json::parse(noise_page(made, 3).json());
  CHECK(json["kind"] == "noise");
  CHECK(json["exit_code"] == 3);
  CHECK(json["visit_share"] == 0.72);
  CHECK(json["benchmarks"][0]["resolves_percent"] == 0.81);
  CHECK(json["benchmarks"][2]["resolves_percent"].is_null());
  CHECK(json["benchmarks"][2]["ns_per_op"].is_null());
  CHECK(json["benchmarks"][2]["failed"] == true);
}

TEST_CASE("reasons of others cannot steer the terminal by way of noise") {
  compare::NoiseReport noise = sample();
  noise.benchmarks[2].reason = fixtures::said("\x1b[2J");
  noise.warnings = {fixtures::said("\x1b[2J")};
  CHECK(fixtures::as_text(noise_page(noise, 0)).find('\x1b') == std::string::npos);
}
