#include "pulsebench/report/listing_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

std::vector<ListedBenchmark> benchmarks() {
  auto threaded = fixtures::info("contention/xadd/threads:4", Tier::concurrent);
  threaded.threads = 4;
  return {{fixtures::info("hooks/has_hooks"), "tier0_critical", Cost{10}},
          {fixtures::info("budget/consume"), "tier0_critical", Cost{15}},
          {fixtures::info("metrics/histogram", Tier::fast), "tier1_fast", {}},
          {threaded, "tier2_concurrent", Cost{100}},
          {fixtures::info("floors/rdtsc", Tier::critical, Role::floor), "floors", {}}};
}

}  // namespace

TEST_CASE("the list has a group a tier, with targets and suites") {
  fixtures::check_golden(
      "list_80.txt", fixtures::as_text(listing_page(benchmarks(), HardwareClass::cpu_only), 80));
  CHECK(fixtures::as_text(listing_page({}, HardwareClass::cpu_only)) == "no benchmarks\n");
}

TEST_CASE("the list in JSON, letter by letter") {
  const auto all = benchmarks();
  fixtures::check_golden("list.json",
                         listing_page({all[1], all[2]}, HardwareClass::nvidia_gpu).json());
}

TEST_CASE("the JSON list has every benchmark in the given order") {
  const auto json =
      nlohmann::json::parse(listing_page(benchmarks(), HardwareClass::cpu_only).json());
  REQUIRE(json["benchmarks"].size() == 5);
  CHECK(json["benchmarks"][0]["id"] == "hooks/has_hooks");
  CHECK(json["benchmarks"][0]["tier"] == 0);
  CHECK(json["benchmarks"][3]["threads"] == 4);
  CHECK(json["benchmarks"][4]["role"] == "floor");
}
