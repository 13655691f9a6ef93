#include "pulsebench/report/trend_page.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <variant>
#include <vector>

#include "fixtures.hpp"
#include "golden.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/report/dashboard_parts.hpp"
#include "pulsebench/report/trend_parts.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

constexpr std::size_t kNights = 20, kStep = 12;

/// A series of `kNights` points with one change, to `after` ns from 10 ns.
trend::Series series_of(const char* id, Tier tier, double after) {
  trend::Series series{.id = *BenchmarkId::parse(id), .tier = tier};
  for (std::size_t i = 0; i < kNights; ++i) {
    const Cost cost{i < kStep ? 10.0 : after};
    series.points.push_back({.night = i, .cost = cost, .judged = cost});
  }
  series.epochs = {{}};
  if (after == 10.0) {
    series.levels = {{0, kNights - 1, Cost{10}}};
    return series;
  }
  series.levels = {{0, kStep - 1, Cost{10}}, {kStep, kNights - 1, Cost{after}}};
  series.changes = {
      {.first = kStep, .seen = kStep + 3, .before = Cost{10}, .after = Cost{after}, .p = 1e-9}};
  return series;
}

std::vector<trend::Trend> sample() {
  trend::Trend trend{.machine_kind = "epyc-7763"};
  for (std::size_t i = 0; i < kNights; ++i) {
    trend.nights.push_back({.day = fmt::format("2026-03-{:02}", i + 1),
                            .run_id = fmt::format("run-{}", i),
                            .commit = fmt::format("{:x}{}", 0xabc000 + i, std::string(34, '0'))});
  }
  trend.nights[5].missing_before = 2;
  trend.missing = 2;
  trend.anchor_within = Percent{0.42};
  trend.series = {series_of("budget/consume", Tier::critical, 10.6),
                  series_of("hooks/none", Tier::critical, 10.0),
                  series_of("poll_cycle/no_hooks", Tier::fast, 9.0),
                  series_of("queue/push", Tier::concurrent, 12.0),
                  series_of("registry/lookup", Tier::critical, 11.0)};
  trend.series[0].changes[0].commits = 3;
  trend.series[0].changes[0].with = {"compiler: GNU 12.2.0 → GNU 13.1.0"};
  trend.series[4].changes[0].status = trend::ChangeStatus::accepted;
  trend.series[4].changes[0].accepted = trend::Decision{.id = trend.series[4].id,
                                                        .night = "2026-03-13",
                                                        .reason = "checks for overflow",
                                                        .by = "A. N.",
                                                        .on = "2026-03-18"};
  return {trend};
}

trend::FoundChange first_change(const std::vector<trend::Trend>& trends) {
  const trend::Series& series = trends[0].series[0];
  return {&trends[0], &series, &series.changes[0]};
}

}  // namespace

TEST_CASE("a trend fits 100 columns, the verdict first and the next command last") {
  const auto trends = sample();
  fixtures::check_golden("trend_100.txt", fixtures::as_text(trend_page(trends, {}), 100));
}

TEST_CASE("every benchmark has a line where all are asked for") {
  const auto trends = sample();
  const std::string some = fixtures::as_text(trend_page(trends, {}), 100);
  const std::string all = fixtures::as_text(trend_page(trends, {}, true), 100);
  CHECK(some.find("hooks/none") == std::string::npos);
  CHECK(all.find("hooks/none") != std::string::npos);
}

TEST_CASE("what is written is read, and says the same") {
  auto trends = sample();
  trends[0].days_late = 6;
  trends[0].series[1].lost = true;
  trends[0].series[2].points[3].range = trend::CostRange{Cost{9.5}, Cost{10.5}};
  const trend::VerdictRule rule{.fail_on = {Tier::critical, Tier::fast}, .since = "2026-03-02"};
  const std::string written = trend_json(trends, rule);
  const auto read = read_trends(written, "trend.json");
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  CHECK(trend_json(read->trends, read->rule) == written);
  CHECK(fixtures::as_text(trend_page(read->trends, read->rule, true), 100) ==
        fixtures::as_text(trend_page(trends, rule, true), 100));
}

TEST_CASE("the trend of a metric is read as it was written, with its unit and direction") {
  auto trends = sample();
  trend::Series& series = trends[0].series[0];
  series.better = Better::higher;
  for (trend::Point& point : series.points) {
    point.cost.unit = point.judged.unit = Unit::per_second;
  }
  for (trend::Level& level : series.levels) level.cost.unit = Unit::per_second;
  for (trend::Change& change : series.changes) {
    change.before.unit = change.after.unit = Unit::per_second;
    change.better = Better::higher;
  }
  const std::string written = trend_json(trends, {});
  CHECK(written.find(R"("better": "higher")") != std::string::npos);
  CHECK(written.find(R"("level_before": 10)") != std::string::npos);
  const auto read = read_trends(written, "trend.json");
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  CHECK(trend_json(read->trends, read->rule) == written);
  CHECK(fixtures::as_text(trend_page(read->trends, read->rule, true), 100).find("/s") !=
        std::string::npos);
}

TEST_CASE("an unusable trend is refused with its field") {
  const std::string good = trend_json(sample(), {});
  const auto refusal = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const auto read = read_trends(text, "t");
    REQUIRE_FALSE(read.has_value());
    return read.error().message;
  };
  CHECK(refusal("pulsebench-trend", "x") ==
        "t: 'schema' must be \"pulsebench-trend\": the file is no trend");
  CHECK(refusal("\"version\": 1", "\"version\": 2") ==
        "t: 'version' is 2, and this pulsebench reads up to 1; use a newer pulsebench");
  CHECK(refusal("\"alert\": 15", "\"alert\": 20") ==
        "t: 'machines[0].series[0].changes[0].alert' is beyond the points");
  CHECK(
      refusal("\"status\": \"open\"", "\"status\": \"shut\"").find("changes[0].status' must be") !=
      std::string::npos);
}

TEST_CASE("the filter of a command matches the id alone, and is one word for a shell") {
  auto trends = sample();
  trends[0].series[0].id = *BenchmarkId::parse("a.b(c)/it's");
  CHECK(settling_command(first_change(trends)) ==
        R"(pulsebench ab abc00b000 abc00c000 --filter '^a\.b\(c\)/it'\''s$')");
}

TEST_CASE("where the commits are unknown or the same no command measures them") {
  auto trends = sample();
  trends[0].nights[kStep].commit = trends[0].nights[kStep - 1].commit;
  CHECK(settling_command(first_change(trends)).empty());
  trends[0].nights[kStep].commit = "; rm -rf /";
  CHECK(settling_command(first_change(trends)).empty());
  CHECK(next_after_change(first_change(trends)).command ==
        "pulsebench trend accept BENCHMARK --at 2026-03-13 --reason TEXT");
}

TEST_CASE("of one commit both sides are measured, and of several the commit is searched") {
  auto trends = sample();
  CHECK(next_after_change(first_change(trends)).command.starts_with("pulsebench bisect "));
  trends[0].series[0].changes[0].commits = 1;
  CHECK(next_after_change(first_change(trends)).command.starts_with("pulsebench ab "));
}

TEST_CASE("a missing night is a gap before the point behind it") {
  const auto trends = sample();
  const auto evidence = course_of(trends[0], trends[0].series[0]);
  const auto& course = std::get<render::Course>(evidence.charts[0]);
  CHECK(course.points[5].missing_before == 2);
  CHECK(course.points[6].missing_before == 0);
  CHECK(course.changes.size() == 1);
  CHECK(course.changes[0].slower);
}

TEST_CASE("cases fail where a change gates, and break where a benchmark of that tier is lost") {
  auto trends = sample();
  trends[0].series[1].lost = true;
  const auto cases = cases_of(trends, {});
  REQUIRE(cases.size() == 5);
  CHECK(cases[0].outcome == render::CaseOutcome::failed);
  CHECK(cases[0].message.find("since 2026-03-13") != std::string::npos);
  CHECK(cases[1].outcome == render::CaseOutcome::broken);
  CHECK(cases[2].verdict == "faster");
  CHECK(cases[3].outcome == render::CaseOutcome::passed);
  CHECK(cases[3].attention);
  CHECK(cases[4].verdict == "steady");  // its change is accepted
}

TEST_CASE("the dashboard draws the changes that the rule of a trend finds") {
  const auto page_of = [](double after) {
    const baseline::Document document;
    const compare::MachineResults machine{.key = "k", .runs = {{.document = &document}}};
    compare::HistorySeries series{.info = fixtures::info("a")};
    for (int i = 0; i < 60; ++i) {
      const double cost = (i < 30 ? 10.0 : after) * (i % 2 == 0 ? 1.002 : 0.998);
      series.points.push_back({.started = "2026-01-01T12:30:00Z",
                               .run_id = "run",
                               .baselines = {},
                               .git = {},
                               .cost = Cost{cost}});
    }
    const auto stem = [](const std::string& shown, const std::string&) { return shown; };
    return render::write(benchmark_page("a", {{&machine, &series}}, stem),
                         *render::find_format("html"), {});
  };
  CHECK(page_of(11.0).find("▲ slower") != std::string::npos);
  CHECK(page_of(10.0).find("▲ slower") == std::string::npos);
}
