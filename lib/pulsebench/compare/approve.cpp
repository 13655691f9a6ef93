#include "pulsebench/compare/approve.hpp"

#include <fmt/format.h>

#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::compare {
namespace {

using baseline::Approval;

/// Why `approval`, of the same benchmark, does not cover what was measured; empty where it does.
std::string why_not(const Approval& approval, const Judged& judged, const IsBase& is_base,
                    const std::string& today) {
  if (!is_base(judged.info.id, approval.base_run)) {
    return fmt::format("its approval of {} was against another baseline", approval.on);
  }
  if (approval.benchmark_version != judged.info.version) {
    return fmt::format("its approval of {} was of version {} of the benchmark", approval.on,
                       approval.benchmark_version);
  }
  if (!approval.until.empty() && approval.until < today) {
    return fmt::format("its approval expired on {}", approval.until);
  }
  if (judged.change > approval.up_to) {
    return fmt::format("its approval of {:+.1f} % covers no more than {:+.1f} %",
                       approval.change.value, approval.up_to.value);
  }
  return "";
}

}  // namespace

void apply_approvals(Comparison& comparison, const std::vector<Approval>& approvals,
                     const IsBase& is_base, const std::string& today) {
  for (Judged& judged : comparison.benchmarks) {
    if (judged.verdict != Verdict::regressed) continue;
    std::string lapsed;
    for (const Approval& approval : approvals) {
      if (approval.id != judged.info.id) continue;
      lapsed = why_not(approval, judged, is_base, today);
      if (!lapsed.empty()) continue;
      judged.approved = Approved{.reason = approval.reason,
                                 .by = approval.by,
                                 .on = approval.on,
                                 .until = approval.until,
                                 .up_to = approval.up_to};
      break;
    }
    if (judged.approved || lapsed.empty()) continue;
    judged.reason = judged.reason.empty() ? lapsed : lapsed + "; " + judged.reason;
  }
}

}  // namespace pulsebench::compare
