#include "pulsebench/session/review.hpp"

#include <map>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/trend/history.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {

Result<std::vector<trend::Review>> reviews(const Session& session,
                                           const std::vector<trend::Trend>& trends,
                                           const std::string& since) {
  const Workspace& workspace = session.workspace;
  std::vector<trend::Review> all;
  for (const trend::Trend& one : trends) {
    PB_TRY(const auto history, trend::read_history(workspace.store, one.machine_kind));
    std::map<std::string, NsPerOp> targets;
    for (const trend::Series& series : one.series) {
      const std::string id = series.id.text();
      const auto target = config::target_of(id, workspace.config, workspace.targets);
      if (target && target->cost) targets.emplace(id, *target->cost);
    }
    all.push_back(trend::review(history, one, targets, since));
  }
  return all;
}

}  // namespace pulsebench::session
