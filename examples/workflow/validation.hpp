#pragma once

#include "workflow/result.hpp"
#include "workflow/submission.hpp"

namespace workflow {

inline constexpr std::size_t kLongestText = 20'000;  ///< bytes of an answer

/// Fails as `invalid` for the first value that is not allowed, and names its member.
[[nodiscard]] Result<void> validate(const Submission& submission);

}  // namespace workflow
