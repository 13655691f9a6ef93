#pragma once

#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/vocabulary/explanation.hpp"

namespace pulsebench::profile {

/// The functions whose instructions per operation differ between two builds. A function is that of
/// the other side with the same name; else, that with the same name but for template arguments,
/// clones and numbers of lambdas, all of one such name together; else it is new or gone.
[[nodiscard]] Explanation change_of_instructions(const OperationProfile& base,
                                                 const OperationProfile& candidate);

}  // namespace pulsebench::profile
