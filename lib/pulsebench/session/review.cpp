#include "pulsebench/session/review.hpp"

#include <map>

#include "pulsebench/config/benchmark_rule.hpp"

namespace pulsebench::session {

std::vector<trend::Review> reviews(const Session& session, const std::vector<trend::Trend>& trends,
                                   const std::string& since) {
  const Workspace& workspace = session.workspace;
  std::vector<trend::Review> all;
  for (const trend::Trend& one : trends) {
    std::map<std::string, Cost> targets;
    for (const trend::Series& series : one.series) {
      const std::string id = series.id.text();
      const auto target = config::target_of(id, workspace.config, workspace.targets);
      if (target && target->cost) targets.emplace(id, *target->cost);
    }
    all.push_back(trend::review(one, targets, since));
  }
  return all;
}

}  // namespace pulsebench::session
