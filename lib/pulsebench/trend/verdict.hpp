#pragma once

#include <set>
#include <string>
#include <vector>

#include "pulsebench/trend/trend.hpp"

namespace pulsebench::trend {

/// What of the trends counts.
struct VerdictRule {
  std::set<Tier> fail_on{Tier::critical};
  std::string since = {};  ///< YYYY-MM-DD: only changes from this night on; empty: all
};

/// A change, and what it is of.
struct FoundChange {
  const Trend* trend = nullptr;
  const Series* series = nullptr;
  const Change* change = nullptr;
};

/// What the trends of one or several machine kinds say together. It refers to them.
struct Verdict {
  std::vector<FoundChange> slower = {};   ///< open; those that gate first, then the largest first
  std::vector<FoundChange> faster = {};   ///< open, the newest first
  std::vector<FoundChange> settled = {};  ///< accepted, undone or ended, the newest first
  std::vector<FoundChange> older = {};    ///< slower and open, but before `since`
  std::vector<const Series*> lost = {};   ///< vanished from the newest night
  int gating = 0;                         ///< of `slower`, how many fail the run
  int lost_gating = 0;                    ///< of `lost`, how many are of a tier that gates
  bool night_missing = false;  ///< a newest night is late or was interrupted, or a line is cut
  int series = 0;              ///< all
  int steady = 0;              ///< without an open change, not too young and not lost
  int young = 0;               ///< too young

  /// 1 where a slower change gates; else 3 where a benchmark of a gating tier vanished, or the
  /// newest night is late or was interrupted; else 0.
  [[nodiscard]] int exit_code() const;
};

[[nodiscard]] Verdict verdict_of(const std::vector<Trend>& trends, const VerdictRule& rule);

}  // namespace pulsebench::trend
