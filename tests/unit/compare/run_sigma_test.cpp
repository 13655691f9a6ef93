#include "pulsebench/compare/run_sigma.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include <fmt/format.h>

#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;
using baseline::Document;
using doctest::Approx;

namespace {

/// A stored run in which benchmark "a" took exp(`log_ns`) ns, measured with `binary`.
Document stored(int number, double log_ns, const char* binary = "sha-1") {
  Document document = document_of({result_of("a", near(10))});
  document.run_id = fmt::format("run-{}", number);
  document.suites = {{"tier0", binary, {}}};
  document.benchmarks[0].suite = "tier0";
  document.benchmarks[0].value = Cost{std::exp(log_ns)};
  return document;
}

std::vector<Document> five_runs() {
  return {stored(1, 1.01), stored(2, 1.02), stored(3, 1.03), stored(4, 1.04), stored(5, 1.05)};
}

const BenchmarkId kId = *BenchmarkId::parse("a");

}  // namespace

TEST_CASE("five runs of one binary teach the spread between runs") {
  // The sample SD of 1, 2, 3, 4, 5 is √2.5.
  const auto learnt = learn_run_sigma(five_runs(), stored(9, 0));
  REQUIRE(learnt.contains(kId));
  CHECK(learnt.at(kId).deviation == Approx(0.01 * std::sqrt(2.5)));
  CHECK(learnt.at(kId).runs == 5);
}

TEST_CASE("a clock that moved between the runs is no spread of the code") {
  auto runs = five_runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double clock = 1.0 + 0.02 * static_cast<double>(i);
    Document& run = runs[i];
    run.benchmarks[0].value = Cost{run.benchmarks[0].value->value * clock};
    for (double& ns : run.benchmarks[0].launches.reference) ns *= clock;
  }
  CHECK(learn_run_sigma(runs, stored(9, 0)).at(kId).deviation == Approx(0.01 * std::sqrt(2.5)));
}

TEST_CASE("four runs teach nothing, and the same run twice is one") {
  auto runs = five_runs();
  runs.pop_back();
  CHECK(learn_run_sigma(runs, stored(9, 0)).empty());
  runs.push_back(runs.back());
  CHECK(learn_run_sigma(runs, stored(9, 0)).empty());
}

TEST_CASE("a change of the code between runs is not taken for noise") {
  // Two binaries half a unit apart, three runs each: pooled SD of 1, 2, 3 twice is 1.
  std::vector<Document> runs{stored(1, 1.01, "x"), stored(2, 1.02, "x"), stored(3, 1.03, "x"),
                             stored(4, 1.51, "y"), stored(5, 1.52, "y"), stored(6, 1.53, "y")};
  CHECK(learn_run_sigma(runs, stored(9, 0)).at(kId).deviation == Approx(0.01));
  runs.push_back(stored(7, 9.9, "z"));  // alone with its binary, it has no spread to teach
  CHECK(learn_run_sigma(runs, stored(9, 0)).at(kId).deviation == Approx(0.01));
  CHECK(learn_run_sigma(runs, stored(9, 0)).at(kId).runs == 6);
}

TEST_CASE("runs of another machine, version, or state do not count") {
  const auto without = [](auto damage) {
    auto runs = five_runs();
    damage(runs[2]);
    return learn_run_sigma(runs, stored(9, 0)).empty();
  };
  CHECK(without([](Document& d) { d.machine.key = "other"; }));
  CHECK(without([](Document& d) { d.complete = false; }));
  CHECK(without([](Document& d) { d.benchmarks[0].info.version = 2; }));
  CHECK(without([](Document& d) { d.benchmarks[0].injected_percent = 7; }));
  CHECK(without([](Document& d) { d.benchmarks[0].outcome = {Status::crashed, "x"}; }));
  CHECK(without([](Document& d) { d.suites.clear(); }));
  CHECK_FALSE(without([](Document&) {}));
}
