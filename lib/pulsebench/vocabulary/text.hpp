#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pulsebench {

/// Returns the parts of `text` between `separator`s: one part more than there are separators.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

/// Returns the words of a command line: blanks separate them, but not within '…' or "…"; a
/// backslash takes the next character as it is, but not within '…'. Nothing where a quote has no
/// end.
[[nodiscard]] std::optional<std::vector<std::string>> split_words(std::string_view text);

/// Returns true if `word` is one of the parts of `text` between `separator`s.
[[nodiscard]] bool has_part(std::string_view text, std::string_view word, char separator);

/// Returns true for the name of an environment variable: letters, digits and underscores, of which
/// the first is no digit.
[[nodiscard]] bool is_variable_name(std::string_view text);

}  // namespace pulsebench
