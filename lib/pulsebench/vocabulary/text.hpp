#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
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

/// Returns `text` without blanks, tabs and line ends at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Returns true if `text` has no other characters than lower-case hexadecimal digits.
[[nodiscard]] bool is_hex(std::string_view text);

/// Returns `text` between single quotes, as a shell takes it: one word with all its characters.
[[nodiscard]] std::string single_quoted(std::string_view text);

/// The same, but as it is where a shell takes it so: "build/old", not "'build/old'".
[[nodiscard]] std::string shell_word(std::string_view text);

/// Returns the number that all of `text` is, as std::from_chars reads it; nothing where it is none,
/// or does not fit. `base` is that of a whole number.
template <class Number, class... Base>
[[nodiscard]] std::optional<Number> number_in(std::string_view text, Base... base) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, base...);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return number;
}

}  // namespace pulsebench
