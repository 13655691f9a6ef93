#include "pulsebench/trend/measured_night.hpp"

#include <doctest/doctest.h>

#include "../baseline/documents.hpp"

using namespace pulsebench;
using namespace pulsebench::trend;

namespace {

std::string fact(const Night& night, const std::string& name) {
  for (const auto& [key, value] : night.facts) {
    if (key == name) return value;
  }
  return "(none)";
}

}  // namespace

TEST_CASE("a night has the operations with a figure, and neither floors nor failures") {
  const auto document = baseline::sample_document();  // an operation, a floor, one that crashed
  const BenchmarkId consume = *BenchmarkId::parse("budget/consume");
  Night night = measured_night(document, "2026-01-01");
  add_anchor(night, {.sha256 = "x", .ratios = {{consume, 1.25}}});
  REQUIRE(night.costs.size() == 1);
  CHECK(night.costs[0].id == consume);
  CHECK(night.costs[0].cost == *document.benchmarks[0].value);
  CHECK(night.costs[0].anchor_ratio == 1.25);
  CHECK(night.costs[0].range.has_value());
  CHECK(night.run_id == document.run_id);
  CHECK(night.machine_kind == "some-2-ghz@00112233");
  CHECK(night.anchor_sha256 == "x");
}

TEST_CASE("a night has every metric of a workload, in its unit and with its direction") {
  auto document = baseline::sample_document();
  auto& result = document.benchmarks[0];
  result.info.metric = Metric{.name = "rate", .unit = Unit::per_second, .better = Better::higher};
  result.value = Cost{500.0, Unit::per_second};
  result.interval = baseline::Interval{400.0, 600.0, 0.99};
  const Night night = measured_night(document, "2026-01-01");
  REQUIRE(night.costs.size() == 1);
  CHECK(night.costs[0].cost == Cost{500.0, Unit::per_second});
  CHECK(night.costs[0].better == Better::higher);
  CHECK(night.costs[0].range->high == Cost{600.0, Unit::per_second});
  result.info.metric = Metric{.name = "errors", .unit = Unit::count};
  result.value = Cost{0.0, Unit::count};
  CHECK(measured_night(document, "2026-01-01").costs.size() == 1);
}

TEST_CASE("a night names the compiler and the tree, and no host") {
  auto document = baseline::sample_document();
  document.machine.shown.emplace_back("host_name", "secret");
  document.suites.push_back({"other", std::string(64, 'b'), {{"compiler", "GNU 13.1.0"}}});
  const Night night = measured_night(document, "2026-01-01");
  CHECK(fact(night, "kernel") == "6.1.0");
  CHECK(fact(night, "compiler") == "GNU 12.2.0, GNU 13.1.0");
  CHECK(fact(night, "working_tree") == "uncommitted changes");
  CHECK(encode_night(night).find("secret") == std::string::npos);
}

TEST_CASE("a night of any document can be read again") {
  auto document = baseline::sample_document();
  document.machine.shown = {{"mitigations", std::string(900, 'm')}, {"odd\n", "a\x1b[31mb"}};
  const auto read = decode_night(encode_night(measured_night(document, "2026-01-01")), "here");
  REQUIRE(read.has_value());
  CHECK(fact(*read, "mitigations").size() <= 200);
  const std::string before = fact(*read, "mitigations");
  document.machine.shown[0].second += "x";  // behind what is kept: it differs all the same
  CHECK(fact(measured_night(document, "2026-01-01"), "mitigations") != before);
}

TEST_CASE("the suites' hash does not depend on their order, and changes with one of them") {
  baseline::Document one, other;
  CHECK(suites_sha256(one).empty());
  one.suites = {{"a", "1", {}}, {"b", "2", {}}};
  other.suites = {{"b", "2", {}}, {"a", "1", {}}};
  CHECK(suites_sha256(one) == suites_sha256(other));
  CHECK(suites_sha256(one).size() == 64);
  other.suites[0].sha256 = "3";
  CHECK(suites_sha256(one) != suites_sha256(other));
}
