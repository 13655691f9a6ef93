#include "columns.hpp"

namespace pulsebench::console {

std::string fitted(std::string text, std::size_t width) {
  text.resize(width, ' ');
  // A console sends ASCII; what else may come must not steer the terminal.
  for (char& c : text) c = c >= ' ' && c <= '~' ? c : '?';
  return text;
}

}  // namespace pulsebench::console
