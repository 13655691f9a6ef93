#include "pulsebench/compare/reason.hpp"

#include <array>
#include <utility>

namespace pulsebench::compare {
namespace {

using Row = std::pair<ReasonCode, const char*>;

constexpr std::array kNames{
    Row{ReasonCode::new_benchmark, "new_benchmark"},
    Row{ReasonCode::missing, "missing"},
    Row{ReasonCode::no_measurement, "no_measurement"},
    Row{ReasonCode::other_version, "other_version"},
    Row{ReasonCode::other_threads, "other_threads"},
    Row{ReasonCode::few_pairs, "few_pairs"},
    Row{ReasonCode::timed_by_hand, "timed_by_hand"},
    Row{ReasonCode::side_failed, "side_failed"},
    Row{ReasonCode::nothing_measured, "nothing_measured"},
    Row{ReasonCode::launches_scatter, "launches_scatter"},
    Row{ReasonCode::near_threshold, "near_threshold"},
    Row{ReasonCode::undecided, "undecided"},
    Row{ReasonCode::out_of_time, "out_of_time"},
    Row{ReasonCode::injected, "injected"},
    Row{ReasonCode::slices_disturbed, "slices_disturbed"},
    Row{ReasonCode::oversubscribed, "oversubscribed"},
    Row{ReasonCode::two_modes, "two_modes"},
    Row{ReasonCode::other_tier, "other_tier"},
    Row{ReasonCode::other_batch_size, "other_batch_size"},
    Row{ReasonCode::decided_by_instructions, "decided_by_instructions"},
    Row{ReasonCode::count_moved, "count_moved"},
    Row{ReasonCode::same_instructions, "same_instructions"},
    Row{ReasonCode::approval_of_other_baseline, "approval_of_other_baseline"},
    Row{ReasonCode::approval_of_other_version, "approval_of_other_version"},
    Row{ReasonCode::approval_expired, "approval_expired"},
    Row{ReasonCode::approval_exceeded, "approval_exceeded"},
    Row{ReasonCode::other_machine, "other_machine"},
    Row{ReasonCode::suite_unavailable, "suite_unavailable"},
    Row{ReasonCode::not_reached, "not_reached"},
    Row{ReasonCode::machines_differ, "machines_differ"},
    Row{ReasonCode::incomplete, "incomplete"},
    Row{ReasonCode::few_launches, "few_launches"},
    Row{ReasonCode::uncommitted, "uncommitted"},
    Row{ReasonCode::fact_changed, "fact_changed"},
    Row{ReasonCode::same_binaries, "same_binaries"},
    Row{ReasonCode::same_binaries_injected, "same_binaries_injected"},
    Row{ReasonCode::counts_moved, "counts_moved"},
    Row{ReasonCode::runs_unreadable, "runs_unreadable"},
    Row{ReasonCode::addresses_randomised, "addresses_randomised"},
    Row{ReasonCode::false_alarm, "false_alarm"},
    Row{ReasonCode::few_blocks, "few_blocks"},
    Row{ReasonCode::blocks_scatter, "blocks_scatter"},
    Row{ReasonCode::means_scatter, "means_scatter"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i].first != static_cast<ReasonCode>(i)) return false;
  }
  return true;
}
static_assert(in_order(), "a row stands at the place of its code");

}  // namespace

const char* name_of(ReasonCode code) { return kNames[static_cast<std::size_t>(code)].second; }

}  // namespace pulsebench::compare
