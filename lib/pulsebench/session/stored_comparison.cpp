#include "pulsebench/session/stored_comparison.hpp"

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/compare/run_sigma.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {

Result<compare::Comparison> judge_stored(const Compared& compared, const std::string& base_name,
                                         const std::string& candidate_name,
                                         const baseline::Store& store) {
  PB_TRY(const auto history, store.runs(baseline::Detail::values, baseline::Store::kHistoryBytes));
  auto comparison =
      compare::compare(compared.base, compared.candidate, compared.config,
                       {.base_name = base_name,
                        .candidate_name = candidate_name,
                        .run_sigma = compare::learn_run_sigma(history.runs, compared.candidate),
                        .history = static_cast<int>(history.runs.size())});
  if (history.unreadable > 0) {
    comparison.warnings.push_back(
        {.code = compare::ReasonCode::runs_unreadable,
         .numbers = {static_cast<double>(history.unreadable),
                     static_cast<double>(history.unreadable + comparison.history)}});
  }
  return comparison;
}

Result<baseline::StoredRuns> stored_envelopes(const baseline::Store& store) {
  PB_TRY(auto stored, store.runs(baseline::Detail::envelope));
  PB_TRY(const auto baselines, store.list());
  for (const baseline::Entry& entry : baselines) {
    if (entry.envelope) {
      stored.runs.push_back(*entry.envelope);
    } else {
      ++stored.unreadable;
    }
  }
  return stored;
}

}  // namespace pulsebench::session
