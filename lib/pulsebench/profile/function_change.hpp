#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::profile {

/// A cost on both sides, and the interval of its change.
struct CostChange {
  Cost before = {}, after = {};
  Cost change = {};
  Cost low = {}, high = {};  ///< 95 % interval of the change
  double p = 1.0;            ///< two-sided, of no change
  Cost detectable = {};      ///< the smallest growth that would have been seen
};

/// How much more or less time an operation spends in one function.
struct FunctionTimeChange {
  std::string name = {};      ///< on the new side; on the old one where it is gone
  bool with_callees = false;  ///< its total, else its own time
  CostChange cost = {};
  std::uint64_t old_samples = 0, new_samples = 0;
  Frame hottest = {};        ///< of the new side, else of the old one
  bool significant = false;  ///< at a false discovery rate of 5 % over all functions
};

/// What made an operation slower or faster.
struct ProfileChange {
  CostChange operation = {};
  std::vector<FunctionTimeChange> functions =
      {};  ///< own times, the largest significant changes first
  std::vector<FunctionTimeChange> totals = {};  ///< the same functions with their callees
  double explained = 0.0;  ///< part of the operation's change that significant own times sum up to
};

inline constexpr double kFalseDiscoveryRate = 0.05;

/// Tests each function with 20 samples or more. Launches of the same index are a block: a process a
/// side, in the same layout and one directly after the other. In each block a function's time is
/// its share of the samples times the 25 % quantile of the slices that were not sampled: a share
/// alone would make every function faster when one becomes slower. `rate` is the false discovery
/// rate. Precondition: both sides have the same number of launches, two or more.
[[nodiscard]] ProfileChange change_of(const CpuProfile& old_side, const CpuProfile& new_side,
                                      SpotsBy by, double rate = kFalseDiscoveryRate);

/// Old names by the new ones that stand for the same function: equal ones, and those which differ
/// in template arguments, parameters or clones alone, as far as that is unambiguous.
[[nodiscard]] std::map<std::string, std::string> match_functions(
    const std::vector<std::string>& old_names, const std::vector<std::string>& new_names);

}  // namespace pulsebench::profile
