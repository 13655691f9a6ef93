#include "pulsebench/report/plan_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

TEST_CASE("a dry run says what would be measured and with which settings") {
  PlannedRun plan;
  plan.preset = "standard";
  plan.seed = 12345;
  plan.tiers = {{Tier::critical, true, 17, 20, 50}, {Tier::fast, true, 8, 16, 50}};
  plan.estimated_seconds = 43;
  plan.cpu = "1 (the last allowed; its sibling is idle)";
  plan.like = "main";
  plan.suites = {"build/release/bin/tier0_critical", "build/release/bin/tier1_fast"};
  plan.notes = {"one CPU only: the tool and the benchmark share it"};
  plan.next_command = "pulsebench run --tier 0,1";
  CHECK(nlohmann::json::parse(plan_page(plan).json())["tiers"][1]["launches"] == 16);
  fixtures::check_golden("plan_80.txt", fixtures::as_text(plan_page(plan), 80));
}

TEST_CASE("a dry run of nothing says so") {
  CHECK(fixtures::as_text(plan_page(PlannedRun{})) ==
        "would measure nothing: no benchmark was chosen\n");
}
