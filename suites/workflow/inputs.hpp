#pragma once

#include <cstddef>
#include <string>

#include "workflow/submission.hpp"

namespace suites {

/// How large a submission is.
struct Size {
  std::size_t answers;
  std::size_t words;  ///< of each answer
};
inline constexpr Size kSmall{1, 100};
inline constexpr Size kMedium{4, 300};  ///< about 7 KB of JSON
inline constexpr Size kLarge{20, 500};

/// English words in a fixed random order. With personal data, every 100th is a piece of it.
[[nodiscard]] std::string text_of(std::size_t words, bool has_personal_data = true);

[[nodiscard]] workflow::Submission submission_of(Size size);

/// A submission as JSON.
[[nodiscard]] std::string json_of(Size size);

/// `count` submissions as a JSON array.
[[nodiscard]] std::string batch_of(std::size_t count, Size size);

}  // namespace suites
