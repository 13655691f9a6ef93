#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/comparison_parts.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

TEST_CASE("a comparison in JSON, letter by letter") {
  auto comparison = fixtures::mixed_comparison();
  auto& all = comparison.benchmarks;
  all = {all[2], all[6]};
  all[0].change = Percent{15.0};  // figures that every printer writes alike
  all[0].change_low = Percent{14.5};
  all[0].change_high = Percent{15.5};
  fixtures::check_golden("comparison.json", comparison_json(comparison, 1));
}

TEST_CASE("every benchmark is in the JSON, in the order of the comparison, with its verdict") {
  const auto json = nlohmann::json::parse(comparison_json(fixtures::mixed_comparison(), 1));
  const std::vector<std::string> verdicts{"unchanged", "unchanged",    "regressed",  "regressed",
                                          "improved",  "inconclusive", "not_judged", "not_judged"};
  REQUIRE(json["benchmarks"].size() == verdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    CHECK(json["benchmarks"][i]["verdict"] == verdicts[i]);
  }
  CHECK(json["verdict"] == "regressed");
  CHECK(json["exit_code"] == 1);
  CHECK(json["benchmarks"][2]["gates"] == true);
  CHECK(json["benchmarks"][3]["gates"] == false);
}

TEST_CASE("what was not measured is null and never a number") {
  const auto json = nlohmann::json::parse(comparison_json(fixtures::mixed_comparison(), 1));
  const auto& added = json["benchmarks"][6];
  CHECK(added["base_ns_per_op"].is_null());
  CHECK(added["candidate_ns_per_op"] == 1.1);
  CHECK(added["change_percent"].is_null());
  CHECK(added["change_interval_percent"].is_null());
  CHECK(json["benchmarks"][7]["failed"] == true);
}

TEST_CASE("text that is not UTF-8 does not break the JSON") {
  auto comparison = fixtures::mixed_comparison();
  comparison.benchmarks[0].reasons = {fixtures::said("\xFF\x1b[2J")};
  comparison.warnings = {fixtures::said("\xC0\xAF")};
  const std::string text = comparison_json(comparison, 0);
  CHECK(nlohmann::json::accept(text));
  CHECK(text.find('\x1b') == std::string::npos);
}
