#pragma once

#include <string>
#include <string_view>

namespace pulsebench::render {

/// Columns that a terminal gives `text`: 2 for East Asian wide characters and emoji, 0 for
/// combining marks, 1 for the rest. `text` has no control characters; bytes that are not UTF-8
/// count 1 each. Source of the widths: Unicode 14 as libutf8proc has it.
[[nodiscard]] int display_width(std::string_view text);

/// `text` in at most `width` columns: the end is replaced by `ellipsis` where it does not fit. A
/// character is never split, so the result may be a column narrower.
[[nodiscard]] std::string cut_end(std::string_view text, int width, std::string_view ellipsis);

/// The same with the middle replaced, as both ends of a benchmark's name tell it apart.
[[nodiscard]] std::string cut_middle(std::string_view text, int width, std::string_view ellipsis);

}  // namespace pulsebench::render
