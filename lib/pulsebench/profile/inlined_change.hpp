#pragma once

#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/vocabulary/explanation.hpp"

namespace pulsebench::profile {

/// Names, for each function of the explanation whose difference is mostly that of a function which
/// was inlined into it, the inlined one and its line with the largest difference. Needs debugging
/// information with lines (`-g1`) in the programs, and does nothing without it.
void name_inlined(Explanation& explanation, const OperationProfile& base,
                  const OperationProfile& candidate);

}  // namespace pulsebench::profile
