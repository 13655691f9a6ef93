#include <cctype>
#include <chrono>

#include <fmt/chrono.h>

#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/history_page.hpp"
#include "pulsebench/session/history.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

constexpr int kMostDays = 36'500;

/// Reads "2026-11-01", or "30d": that many days ago. Returns the day as RFC 3339 has it.
Result<std::string> parse_since(const std::string& text) {
  namespace chrono = std::chrono;
  const auto no_day = [&] {
    return fail(ErrorCode::bad_input, "not '" + printable(text, 60) +
                                          "'; give a day as in 2026-11-01, or a number of days as "
                                          "in 30d");
  };
  if (text.size() > 1 && text.back() == 'd') {
    const auto days = whole_number(0, kMostDays)(text.substr(0, text.size() - 1));
    if (!days) return no_day();
    const auto then = chrono::system_clock::now() - chrono::days{*days};
    return fmt::format("{:%Y-%m-%d}", fmt::gmtime(chrono::system_clock::to_time_t(then)));
  }
  const std::string shape = "dddd-dd-dd";
  if (text.size() != shape.size()) return no_day();
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (shape[i] == 'd' ? !digit : text[i] != '-') return no_day();
  }
  const chrono::year_month_day day{
      chrono::year{std::stoi(text)},
      chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
      chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
  if (!day.ok()) return no_day();
  return text;
}

struct HistoryCommand {
  session::HistoryRequest request;
  bool all = false;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}.text(
        "BENCHMARK", request.benchmark,
        "an id, else a regular expression over ids (default: all benchmarks)");
    OptionGroup shown{app, kOutput};
    shown.value("--since DAY", request.since, parse_since,
                "only results from this day on, as in 2026-11-01 or 30d");
    shown.value("--points NUMBER", request.points, whole_number(1, 10'000),
                "at most this many results of a benchmark, the newest (default 15)");
    shown.flag("--all", all, "list every benchmark, also beyond the first 25");
    output.declare(app);
    show_examples(app, {"pulsebench history", "pulsebench history budget/consume",
                        "pulsebench history '^hooks/' --since 30d --format json"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto history, session::history(session, request));
    PB_CHECK(output.show(report::history_page(history, all), context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_history(CLI::App& app) { return declared<HistoryCommand>(app); }

}  // namespace pulsebench::app
