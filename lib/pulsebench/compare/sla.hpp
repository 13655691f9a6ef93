#pragma once

#include <array>
#include <cstdint>

#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::compare {

/// How a server stands to a limit of its service-level agreement.
enum class SlaVerdict {
  met,        ///< the measurement shows that it keeps the limit
  missed,     ///< it shows that it does not
  not_shown,  ///< it shows neither: more requests are needed
};

/// Probability that a verdict of `met` or `missed` is right.
inline constexpr double kSlaLevel = 0.95;

/// Fewest requests that show an error rate of at most `limit`, if none of them fails: 3 / limit,
/// since 1 - limit to this power is 0.05. Precondition: 0 < limit <= 1.
[[nodiscard]] std::uint64_t requests_to_show(double limit);

/// By the exact bounds of the error rate at 0.95 (`stats::upper_proportion`). `met` needs
/// `requests_to_show` requests. Precondition: errors <= requests, 0 < limit <= 1.
[[nodiscard]] SlaVerdict judge_error_rate(std::uint64_t errors, std::uint64_t requests,
                                          double limit);

/// By the betting sign test on blocks: `met` once more than half of all blocks keep the limit,
/// `missed` once more than half do not, each with a probability of error of at most `alpha`,
/// however often one looks. Precondition: 0 <= kept <= blocks, 0 < alpha < 1.
[[nodiscard]] SlaVerdict judge_kept_blocks(int kept, int blocks, double alpha);

}  // namespace pulsebench::compare

namespace pulsebench {
template <>
inline constexpr std::array<Named<compare::SlaVerdict>, 3> kNames<compare::SlaVerdict>{
    {{compare::SlaVerdict::met, "met"},
     {compare::SlaVerdict::missed, "missed"},
     {compare::SlaVerdict::not_shown, "not_shown"}}};
}  // namespace pulsebench
