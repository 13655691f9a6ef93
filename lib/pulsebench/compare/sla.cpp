#include "pulsebench/compare/sla.hpp"

#include <cassert>
#include <cmath>

#include "pulsebench/stats/binomial.hpp"

namespace pulsebench::compare {

std::uint64_t requests_to_show(double limit) {
  assert(limit > 0.0 && limit <= 1.0);
  // 3 / 0.001 may be a little above 3000.
  return static_cast<std::uint64_t>(std::ceil(3.0 / limit * (1.0 - 1e-12)));
}

SlaVerdict judge_error_rate(std::uint64_t errors, std::uint64_t requests, double limit) {
  assert(errors <= requests && limit > 0.0 && limit <= 1.0);
  if (requests == 0) return SlaVerdict::not_shown;
  if (stats::lower_proportion(errors, requests, kSlaLevel) > limit) return SlaVerdict::missed;
  const bool shown = requests >= requests_to_show(limit) &&
                     stats::upper_proportion(errors, requests, kSlaLevel) <= limit;
  return shown ? SlaVerdict::met : SlaVerdict::not_shown;
}

SlaVerdict judge_kept_blocks(int kept, int blocks, double alpha) {
  assert(0 <= kept && kept <= blocks && alpha > 0.0 && alpha < 1.0);
  const double bar = -std::log(alpha);
  if (stats::log_betting_evidence(kept, blocks) >= bar) return SlaVerdict::met;
  if (stats::log_betting_evidence(blocks - kept, blocks) >= bar) return SlaVerdict::missed;
  return SlaVerdict::not_shown;
}

}  // namespace pulsebench::compare
