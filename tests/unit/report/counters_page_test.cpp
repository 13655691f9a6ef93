#include "pulsebench/report/machine_pages.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "golden.hpp"

using namespace pulsebench::report;

namespace {

const std::vector<pulsebench::counters::KnownEvent> kUsual{
    {"cycles", false, "this VM exposes no hardware counters"}, {"page-faults", true, ""}};
const std::vector<pulsebench::counters::KnownUnit> kUnits{
    {"perf", "perf_events generic PMU", kUsual}};

}  // namespace

TEST_CASE("counters says how many can be counted, and why the others cannot") {
  fixtures::check_golden("counters_80.txt",
                         fixtures::as_text(counters_page(kUsual, kUnits, false), 80));
}

TEST_CASE("--all lists the events of every unit") {
  const auto text = fixtures::as_text(counters_page(kUsual, kUnits, true), 80);
  CHECK(text.find("perf: perf_events generic PMU\n") != std::string::npos);
  CHECK(text.find("next:") == std::string::npos);
}

TEST_CASE("the JSON of counters has every event of every unit") {
  const auto json = nlohmann::json::parse(counters_page(kUsual, kUnits, false).json());
  CHECK(json["default"][0]["counted"] == false);
  CHECK(json["units"][0]["events"].size() == 2);
}
