#pragma once

#include <cstddef>
#include <string_view>

/// Counts the words of a text; blanks and newlines stand between them.
std::size_t count_words(std::string_view text);

/// Returns the longest word of a text; the first of several.
std::string_view longest_word(std::string_view text);
