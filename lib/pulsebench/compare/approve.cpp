#include "pulsebench/compare/approve.hpp"

#include <optional>

namespace pulsebench::compare {
namespace {

using baseline::Approval;

/// Why `approval`, of the same benchmark, does not cover what was measured; empty where it does.
std::optional<Reason> why_not(const Approval& approval, const Judged& judged, const IsBase& is_base,
                              const std::string& today) {
  if (!is_base(judged.info.id, approval.base_run)) {
    return Reason{.code = ReasonCode::approval_of_other_baseline, .texts = {approval.on}};
  }
  if (approval.benchmark_version != judged.info.version) {
    return Reason{.code = ReasonCode::approval_of_other_version,
                  .numbers = {static_cast<double>(approval.benchmark_version)},
                  .texts = {approval.on}};
  }
  if (!approval.until.empty() && approval.until < today) {
    return Reason{.code = ReasonCode::approval_expired, .texts = {approval.until}};
  }
  if (judged.change > approval.up_to) {
    return Reason{.code = ReasonCode::approval_exceeded,
                  .numbers = {approval.change.value, approval.up_to.value}};
  }
  return std::nullopt;
}

}  // namespace

void apply_approvals(Comparison& comparison, const std::vector<Approval>& approvals,
                     const IsBase& is_base, const std::string& today) {
  for (Judged& judged : comparison.benchmarks) {
    if (judged.verdict != Verdict::regressed) continue;
    std::optional<Reason> lapsed;
    for (const Approval& approval : approvals) {
      if (approval.id != judged.info.id) continue;
      lapsed = why_not(approval, judged, is_base, today);
      if (lapsed) continue;
      judged.approved = Approved{.reason = approval.reason,
                                 .by = approval.by,
                                 .on = approval.on,
                                 .until = approval.until,
                                 .up_to = approval.up_to};
      break;
    }
    if (judged.approved || !lapsed) continue;
    judged.reasons.insert(judged.reasons.begin(), *std::move(lapsed));
  }
}

}  // namespace pulsebench::compare
