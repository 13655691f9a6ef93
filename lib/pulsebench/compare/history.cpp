#include "pulsebench/compare/history.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;
using baseline::Entry;

/// A run, and the baselines that it is kept as.
struct KeptRun {
  const Document* document = nullptr;
  std::vector<std::string> baselines;
};

std::optional<LeftOutBecause> why_left_out(const Document& document, const HistoryLimits& limits) {
  if (document.machine.key != limits.machine_key) return LeftOutBecause::other_machine;
  if (!document.complete) return LeftOutBecause::incomplete;
  if (document.started < limits.since) return LeftOutBecause::before_since;
  return std::nullopt;
}

bool is_of_a_run(const Entry& entry) {
  return entry.envelope && entry.envelope->run_id == entry.name;
}

/// The runs whose points count, oldest first. `results` has the newest first: where two runs
/// started in one second, their order there decides.
std::vector<KeptRun> runs_of(const std::vector<Entry>& results, const HistoryLimits& limits,
                             std::vector<LeftOutResult>& left_out) {
  std::vector<KeptRun> runs;
  std::map<std::string, std::size_t> place_of;  // by run id
  std::set<std::string> reported;               // run ids that are already in `left_out`
  for (const Entry& entry : results) {
    if (!entry.envelope) {
      left_out.push_back({entry.name, LeftOutBecause::unreadable, entry.envelope.error().message});
      continue;
    }
    const Document& document = *entry.envelope;
    if (const auto because = why_left_out(document, limits)) {
      if (reported.insert(document.run_id).second) left_out.push_back({entry.name, *because});
      continue;
    }
    const auto [place, added] = place_of.emplace(document.run_id, runs.size());
    if (added) runs.push_back({&document, {}});
    if (!is_of_a_run(entry)) runs[place->second].baselines.push_back(entry.name);
  }
  std::ranges::reverse(runs);
  std::ranges::stable_sort(runs, {}, [](const KeptRun& run) { return run.document->started; });
  return runs;
}

void add_point(HistorySeries& series, const KeptRun& run, const BenchmarkResult& result) {
  if (result.info.version != series.info.version) {
    ++series.other_version;
  } else if (result.injected_percent) {
    ++series.injected;
  } else if (!result.value) {
    ++series.not_measured;
  } else {
    series.points.push_back({.started = run.document->started,
                             .run_id = run.document->run_id,
                             .baselines = run.baselines,
                             .git = run.document->git,
                             .cost = *result.value});
  }
}

/// How far the series moved, up or down; -1 without points.
double movement(const HistorySeries& series) {
  return series.points.empty() ? -1.0 : std::abs(std::log(series.change().factor()));
}

}  // namespace

Percent HistorySeries::change() const {
  const double first = points.front().cost.value;
  return first > 0.0 ? Percent{100.0 * (points.back().cost.value / first - 1.0)} : Percent{};
}

History history_of(const std::vector<Entry>& results, const HistoryLimits& limits) {
  History history;
  const std::vector<KeptRun> runs = runs_of(results, limits, history.left_out);
  history.results = static_cast<int>(runs.size());
  std::map<BenchmarkId, HistorySeries> by_id;
  for (const KeptRun& run : runs) {  // the newest, which is the last, decides the version
    for (const BenchmarkResult& result : run.document->benchmarks) {
      by_id.insert_or_assign(result.info.id, HistorySeries{.info = result.info});
    }
  }
  for (const KeptRun& run : runs) {
    for (const BenchmarkResult& result : run.document->benchmarks) {
      add_point(by_id.at(result.info.id), run, result);
    }
  }
  for (auto& [id, series] : by_id) {
    if (series.points.size() > limits.points) {
      series.older = static_cast<int>(series.points.size() - limits.points);
      series.points.erase(series.points.begin(), series.points.begin() + series.older);
    }
    history.series.push_back(std::move(series));
  }
  std::ranges::stable_sort(history.series, std::greater{}, movement);
  return history;
}

}  // namespace pulsebench::compare
