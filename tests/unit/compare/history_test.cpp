#include "pulsebench/compare/history.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

/// A run of the benchmarks `a` and `b` on 2026-01-<day>, kept under its run id.
baseline::Entry run_on(const std::string& day, double a, double b = 10.0) {
  baseline::Document document = document_of({result_of("a", {a}), result_of("b", {b})});
  document.started = "2026-01-" + day + "T12:00:00Z";
  document.run_id = "run-" + day;
  return {.name = document.run_id, .file = {}, .envelope = std::move(document)};
}

History shown(const std::vector<baseline::Entry>& entries, const std::string& since = "",
              std::size_t points = 15) {
  return history_of(entries, {.machine_key = "k", .since = since, .points = points});
}

std::vector<double> costs(const HistorySeries& series) {
  std::vector<double> values;
  for (const HistoryPoint& point : series.points) values.push_back(point.cost.value);
  return values;
}

}  // namespace

TEST_CASE("the points of a benchmark stand oldest first, the largest change stands first") {
  const History history = shown({run_on("03", 12, 40), run_on("01", 10, 10), run_on("02", 11, 20)});
  REQUIRE(history.series.size() == 2);
  CHECK(history.results == 3);
  CHECK(history.series[0].info.id.text() == "b");
  CHECK(costs(history.series[0]) == std::vector<double>{10, 20, 40});
  CHECK(costs(history.series[1]) == std::vector<double>{10, 11, 12});
  CHECK(history.series[1].change().value == doctest::Approx(20.0));
}

TEST_CASE("runs that started in one second keep the order in which they were listed") {
  baseline::Entry second = run_on("01", 20);
  second.name = second.envelope->run_id = "run-00";
  CHECK(costs(shown({second, run_on("01", 10)}).series[0]) == std::vector<double>{10, 20});
}

TEST_CASE("a halved cost is as large a change as a doubled one") {
  const History history = shown({run_on("01", 10, 20), run_on("02", 19, 10)});
  CHECK(history.series[0].info.id.text() == "b");
}

TEST_CASE("a run that is kept as baselines too is one point with their names") {
  baseline::Entry kept = run_on("01", 10);
  kept.name = "main";
  baseline::Entry other = run_on("01", 10);
  other.name = "v1";
  const History history = shown({run_on("01", 10), kept, other});
  REQUIRE(history.series[0].points.size() == 1);
  CHECK(history.series[0].points[0].baselines == std::vector<std::string>{"main", "v1"});
  CHECK(history.series[0].points[0].run_id == "run-01");
}

TEST_CASE("more points than asked for are counted, and the newest stay") {
  const History history = shown({run_on("01", 1), run_on("02", 2), run_on("03", 3)}, "", 2);
  CHECK(costs(history.series[0]) == std::vector<double>{2, 3});
  CHECK(history.series[0].older == 1);
}

TEST_CASE("every result that gives no point is named with its reason, once") {
  baseline::Entry elsewhere = run_on("02", 10);
  elsewhere.envelope->machine.key = "another";
  baseline::Entry cut = run_on("03", 10);
  cut.envelope->complete = false;
  baseline::Entry cut_again = cut;
  cut_again.name = "kept";
  const baseline::Entry broken{
      .name = "main", .file = {}, .envelope = fail(ErrorCode::bad_input, "torn")};
  const History history =
      shown({run_on("01", 10), elsewhere, cut, cut_again, broken, run_on("05", 10)}, "2026-01-02");
  CHECK(history.results == 1);
  REQUIRE(history.left_out.size() == 4);
  CHECK(history.left_out[0].because == LeftOutBecause::before_since);
  CHECK(history.left_out[1].because == LeftOutBecause::other_machine);
  CHECK(history.left_out[2].because == LeftOutBecause::incomplete);
  CHECK(history.left_out[2].name == "run-03");
  CHECK(history.left_out[3].because == LeftOutBecause::unreadable);
  CHECK(history.left_out[3].detail == "torn");
}

TEST_CASE("injected work, another version and a missing figure are counted, and are no points") {
  baseline::Entry injected = run_on("01", 10);
  injected.envelope->benchmarks[0].injected_percent = 15.0;
  baseline::Entry other_version = run_on("02", 10);
  other_version.envelope->benchmarks[0].info.version = 2;
  baseline::Entry crashed = run_on("03", 10);
  crashed.envelope->benchmarks[0].value.reset();
  const History history = shown({injected, other_version, crashed, run_on("04", 7)});
  REQUIRE(history.series[0].info.id.text() == "a");
  CHECK(costs(history.series[0]) == std::vector<double>{7});
  CHECK(history.series[0].injected == 1);
  CHECK(history.series[0].other_version == 1);
  CHECK(history.series[0].not_measured == 1);
}

TEST_CASE("a benchmark without any point is listed last") {
  baseline::Entry injected = run_on("01", 10);
  injected.envelope->benchmarks[0].injected_percent = 15.0;
  const History history = shown({injected});
  REQUIRE(history.series.size() == 2);
  CHECK(history.series[1].info.id.text() == "a");
  CHECK(history.series[1].points.empty());
}
