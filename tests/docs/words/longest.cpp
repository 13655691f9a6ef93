#include "words.hpp"

std::string_view longest_word(std::string_view text) {
  std::string_view longest;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ' && text[i] != '\n') continue;
    if (i - start > longest.size()) longest = text.substr(start, i - start);
    start = i + 1;
  }
  return longest;
}
