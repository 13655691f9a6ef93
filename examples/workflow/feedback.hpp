#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/submission.hpp"

namespace workflow {

/// What a student reads about one answer.
struct Comment {
  std::uint32_t question;
  std::size_t words;  ///< of the answer
  std::string text;
};

/// Returns how many words `text` has: what white space separates.
[[nodiscard]] std::size_t count_words(std::string_view text);

/// Comments on each answer by templates: its length, and whether it names a source. A language
/// model would stand here.
[[nodiscard]] std::vector<Comment> comment_on(const std::vector<Answer>& answers);

}  // namespace workflow
