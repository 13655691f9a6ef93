#include "words.hpp"

static bool is_blank(char c) { return c == ' ' || c == '\n'; }

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    if (!is_blank(c) && !inside) ++count;
    inside = !is_blank(c);
  }
  return count;
}

std::string_view longest_word(std::string_view text) {
  std::string_view longest;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !is_blank(text[i])) continue;
    if (i - start > longest.size()) longest = text.substr(start, i - start);
    start = i + 1;
  }
  return longest;
}
