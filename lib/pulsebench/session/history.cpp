#include "pulsebench/session/history.hpp"

#include <algorithm>
#include <iterator>
#include <regex>
#include <utility>

#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using SeriesList = std::vector<compare::HistorySeries>;

Failure no_series(const std::string& asked, const SeriesList& series) {
  std::vector<std::string_view> known;
  for (const auto& one : series) known.emplace_back(one.info.id.text());
  const auto near = nearest(asked, known);
  return fail(ErrorCode::not_found, "no kept run or baseline of this machine has a benchmark '" +
                                        printable(asked) + "'; " +
                                        (near ? "did you mean " + std::string{*near} + "?"
                                         : series.empty() ? "measure one with: pulsebench run"
                                                          : "see pulsebench history --all"));
}

/// Keeps the series of the benchmark that `asked` names, else of those that it matches.
Result<void> keep_asked(SeriesList& series, const std::string& asked) {
  const auto is_asked = [&](const auto& one) { return one.info.id.text() == asked; };
  SeriesList kept;
  if (std::ranges::any_of(series, is_asked)) {
    std::ranges::copy_if(series, std::back_inserter(kept), is_asked);
  } else {
    try {
      const std::regex pattern{asked};
      std::ranges::copy_if(series, std::back_inserter(kept), [&](const auto& one) {
        return std::regex_search(one.info.id.text(), pattern);
      });
    } catch (const std::regex_error& error) {
      return fail(ErrorCode::bad_input, "'" + printable(asked) +
                                            "' is no benchmark, and not a valid regular "
                                            "expression: " +
                                            error.what());
    }
  }
  if (kept.empty()) return no_series(asked, series);
  series = std::move(kept);
  return {};
}

}  // namespace

Result<compare::History> history(const Session& session, const HistoryRequest& request) {
  const baseline::Store& store = session.workspace.store;
  PB_TRY(auto results, store.list_runs(baseline::Detail::values));
  PB_TRY(auto baselines, store.list(baseline::Detail::values));
  std::ranges::move(baselines, std::back_inserter(results));
  auto history = compare::history_of(
      results, {.machine_key = machine::fingerprint(session.environment.machine).key,
                .since = request.since,
                .points = static_cast<std::size_t>(request.points)});
  if (!request.benchmark.empty()) PB_CHECK(keep_asked(history.series, request.benchmark));
  return history;
}

}  // namespace pulsebench::session
