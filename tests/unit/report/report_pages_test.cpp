#include "pulsebench/report/report_pages.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>

#include "fixtures.hpp"
#include "pulsebench/render/html_page.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

template <class Figure>
const Figure* figure_in(const render::Evidence& evidence) {
  for (const render::Chart& figure : evidence.charts) {
    if (const auto* found = std::get_if<Figure>(&figure)) return found;
  }
  return nullptr;
}

/// Launches 0 to 3 at these costs.
baseline::BenchmarkResult result_at(std::vector<double> p25) {
  baseline::BenchmarkResult made{.info = fixtures::info("a"), .value = Cost{p25[0]}};
  for (int i = 0; i < static_cast<int>(p25.size()); ++i) made.launches.launch.push_back(i);
  made.launches.p25 = std::move(p25);
  return made;
}

/// So many benchmarks of 20 launches and 101 quantiles.
baseline::Document many(int benchmarks) {
  auto document = fixtures::run();
  for (int i = 0; i < benchmarks; ++i) {
    auto made = fixtures::result("group/benchmark_" + std::to_string(i), 10.0 + 0.37 * i, 100);
    made.launches.p25.clear();
    for (int launch = 0; launch < 20; ++launch) {
      made.launches.p25.push_back((10.0 + 0.37 * i) * (1.0 + 0.001 * ((launch * 7) % 20)));
    }
    made.quantiles.clear();
    for (int k = 0; k <= 100; ++k) made.quantiles.push_back((10.0 + 0.37 * i) * (1.0 + 0.002 * k));
    document.benchmarks.push_back(std::move(made));
  }
  return document;
}

std::string comparison_of_many(int benchmarks) {
  const auto old = many(benchmarks), now = many(benchmarks);
  std::vector<compare::Judged> judged;
  for (const auto& result : now.benchmarks) {
    const double cost = result.value->value;
    judged.push_back(
        fixtures::judged(result.info.id.text(), compare::Verdict::unchanged, cost, cost, -8.0));
  }
  const auto comparison = fixtures::comparison(std::move(judged));
  return render::html_page(comparison_report(comparison, {.results = ComparedResults{old, now}}));
}

}  // namespace

TEST_CASE("launches of one number are a pair, and their ratio is the change") {
  const auto old = result_at({2.0, 4.0, 5.0}), now = result_at({3.0, 4.0, 4.0, 9.0});
  const auto evidence = evidence_of(
      fixtures::judged("a", compare::Verdict::unchanged, 2.0, 3.0, -8.0), 0.99, &old, &now);
  const auto* pairs = figure_in<render::PairedChanges>(evidence);
  REQUIRE(pairs != nullptr);
  REQUIRE(pairs->percent.size() == 3);  // the fourth launch has no partner
  CHECK(pairs->percent[0] == doctest::Approx(50.0));
  CHECK(pairs->percent[1] == doctest::Approx(0.0));
  CHECK(pairs->percent[2] == doctest::Approx(-20.0));
  const auto* strip = figure_in<render::LaunchStrip>(evidence);
  REQUIRE(strip != nullptr);
  CHECK(strip->sides[0].ns == old.launches.p25);
  CHECK(strip->sides[1].ns == now.launches.p25);
}

// ln 1.1 = 0.09531018, ln 0.9 = -0.1053605.
TEST_CASE("the blocks of a live verdict are drawn in per cent, with their guard") {
  auto judged = fixtures::judged("a", compare::Verdict::regressed, 2.0, 2.2, 6.0);
  judged.live = compare::Live{.blocks = 2, .seconds = 1.5, .guard = "both"};
  judged.live->changes = {{0.09531018, 0.0}, {0.0, -0.1053605}};
  const auto evidence = evidence_of(judged, 0.99, nullptr, nullptr);
  const auto* pairs = figure_in<render::PairedChanges>(evidence);
  REQUIRE(pairs != nullptr);
  CHECK(pairs->of == "block");
  CHECK(pairs->percent[0] == doctest::Approx(10.0));
  CHECK(pairs->means[1] == doctest::Approx(-10.0));
  const auto is_blocks = [](const render::Fact& fact) { return fact.name == "blocks"; };
  const auto blocks = std::ranges::find_if(evidence.facts, is_blocks);
  REQUIRE(blocks != evidence.facts.end());
  CHECK(blocks->value.plain() == "2 in 1.5 s; seen by: both");
}

TEST_CASE("what has no verdict and no measurement has no figure, and says why") {
  const auto failed = fixtures::failure("a", Status::crashed, "crashed by signal 11");
  const auto evidence = evidence_of(failed);
  CHECK(evidence.charts.empty());
  CHECK(evidence.facts[0].value.plain() == "crashed");
  CHECK(evidence.facts[1].value.plain() == "crashed by signal 11");
}

TEST_CASE("60 benchmarks of 20 launches on two sides are at most 200 KB, with every figure") {
  const std::string html = comparison_of_many(60);
  MESSAGE("bytes: " << html.size());
  CHECK(html.size() <= 200'000);
  CHECK(html.find("left out, to keep") == std::string::npos);
}

TEST_CASE("10,000 benchmarks are at most 300 KB, and the page says what it leaves out") {
  const std::string html = comparison_of_many(10'000);
  CHECK(html.size() <= 300'000);
  CHECK(html.find("left out, to keep this page small: 9,") != std::string::npos);
  CHECK(html.find("the other formats have all") != std::string::npos);
}

TEST_CASE("a report has the state of the machine, with the reason of each absence") {
  auto document = fixtures::run();
  document.state = {{"governor", "performance", "", "", "the kernel has no cpufreq"},
                    {"load_1min", "", "0.10", "0.20", ""}};
  const std::string html = render::html_page(result_report(document, {}));
  CHECK(html.find("the kernel has no cpufreq") != std::string::npos);
  CHECK(html.find("<td>0.20</td>") != std::string::npos);
}

TEST_CASE("a fact that differs between the two sides stands out") {
  auto old = many(1), now = many(1);
  old.machine.shown = {{"kernel", "6.1.0-18"}, {"libc", "2.36"}};
  now.machine.shown = {{"kernel", "6.1.0-20"}, {"libc", "2.36"}};
  const auto comparison = fixtures::comparison({});
  const std::string html =
      render::html_page(comparison_report(comparison, {.results = ComparedResults{old, now}}));
  CHECK(html.find("<span class=\"doubt\">6.1.0-20</span>") != std::string::npos);
  CHECK(html.find("<span class=\"doubt\">2.36</span>") == std::string::npos);
}
