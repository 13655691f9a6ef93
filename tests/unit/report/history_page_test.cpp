#include "pulsebench/report/history_page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fixtures.hpp"
#include "golden.hpp"

using namespace pulsebench;
using namespace pulsebench::report;

namespace {

compare::HistorySeries series_of(std::string_view id, const std::vector<double>& costs) {
  compare::HistorySeries series{.info = fixtures::info(id)};
  for (std::size_t i = 0; i < costs.size(); ++i) {
    compare::HistoryPoint point{.started = "2026-01-0" + std::to_string(i + 1) + "T12:30:00Z",
                                .run_id = "20260101T123000Z-00c0d" + std::to_string(i),
                                .baselines = {},
                                .git = {},
                                .cost = Cost{costs[i]}};
    point.git.commit = "0123456789abcdef";
    series.points.push_back(std::move(point));
  }
  return series;
}

compare::History sample() {
  compare::History history;
  history.series = {series_of("budget/consume", {10, 10.01, 10, 10.02, 15, 15.1, 20}),
                    series_of("hooks/before_poll/with_a_name_that_is_long", {2, 2.01, 2.02, 2.01}),
                    series_of("hooks/new", {})};
  history.series[0].points[6].baselines = {"main", "v1"};
  history.series[1].older = 3;
  history.series[2].injected = 1;
  history.left_out = {{"pr-7", compare::LeftOutBecause::other_machine},
                      {"20260101T123000Z-00beef", compare::LeftOutBecause::incomplete},
                      {"torn", compare::LeftOutBecause::unreadable, "torn.json: not JSON"}};
  history.results = 7;
  return history;
}

}  // namespace

TEST_CASE("a history fits 80 columns, and names what it leaves out") {
  const compare::History history = sample();
  fixtures::check_golden("history_80.txt", fixtures::as_text(history_page(history, false), 80));
}

TEST_CASE("a history without Unicode has digits for bars") {
  const compare::History history = sample();
  const std::string text =
      fixtures::as_text(history_page(history, false), {.unicode = false, .width = 80});
  CHECK(text.find(" 1111558 ") != std::string::npos);
}

TEST_CASE("the history of one benchmark lists each of its points") {
  compare::History history = sample();
  history.series.erase(history.series.begin() + 1, history.series.end());
  fixtures::check_golden("history_one_80.txt", fixtures::as_text(history_page(history, false), 80));
}

TEST_CASE("a long history is cut, and says how many are left out") {
  compare::History history;
  for (int i = 0; i < 30; ++i) history.series.push_back(series_of("b" + std::to_string(i), {1}));
  const std::string text = fixtures::as_text(history_page(history, false));
  CHECK(text.find("5 more benchmarks changed less; --all lists them") != std::string::npos);
  CHECK(text.find("b25") == std::string::npos);
  CHECK(fixtures::as_text(history_page(history, true)).find("b29") != std::string::npos);
}

TEST_CASE("the document of a history has every point, and null where there is none") {
  const compare::History history = sample();
  const auto json = nlohmann::json::parse(history_page(history, false).json());
  CHECK(json["schema"] == "pulsebench-history");
  CHECK(json["version"] == 1);
  CHECK(json["results"] == 7);
  const auto& first = json["benchmarks"][0];
  CHECK(first["change_percent"] == doctest::Approx(100.0));
  CHECK(first["points"].size() == 7);
  CHECK(first["points"][6]["baselines"] == nlohmann::json{"main", "v1"});
  CHECK(json["benchmarks"][2]["last_ns_per_op"].is_null());
  CHECK(json["benchmarks"][2]["left_out"]["injected"] == 1);
  CHECK(json["left_out"][2]["because"] == "unreadable");
  CHECK(json["left_out"][2]["detail"] == "torn.json: not JSON");
}

TEST_CASE("an empty history says how to begin") {
  const compare::History history;
  CHECK(fixtures::as_text(history_page(history, false)).find("pulsebench run --save main") !=
        std::string::npos);
}
