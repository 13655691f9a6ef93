#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/compare/history.hpp"

namespace pulsebench::compare {

/// A stored run, and the baselines that it is kept as.
struct StoredRun {
  const baseline::Document* document = nullptr;
  std::vector<std::string> baselines = {};
};

/// Everything that is stored of one machine.
struct MachineResults {
  std::string key;
  std::vector<StoredRun> runs = {};       ///< newest first; incomplete ones too
  History history = {};                   ///< of the complete ones, every point
  std::optional<Comparison> newest = {};  ///< the newest complete run, judged
};

/// All stored results, by machine: the one that measured last comes first. It refers to `results`,
/// which must outlive it; of those that cannot be read nothing is in it. Pure.
[[nodiscard]] std::vector<MachineResults> results_by_machine(
    const std::vector<baseline::Entry>& results);

/// What the newest complete run is to be judged against: the run that is kept as the baseline
/// `main`, else the complete run before it. Null where there is no such pair.
struct NewestPair {
  const StoredRun* base = nullptr;
  const StoredRun* candidate = nullptr;
};
[[nodiscard]] NewestPair newest_pair(const MachineResults& machine);

}  // namespace pulsebench::compare
