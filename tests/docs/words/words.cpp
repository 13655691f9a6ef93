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
