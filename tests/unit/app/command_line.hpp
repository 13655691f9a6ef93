#pragma once

#include <string>
#include <vector>

#include "arguments.hpp"

namespace pulsebench::app {

using Parsed = Result<std::variant<Invocation, Answer>>;

/// `pulsebench` with these words, as a shell splits them.
inline Parsed parsed(const std::string& line) {
  std::vector<std::string> words{"pulsebench"};
  std::size_t begin = 0;
  while (begin < line.size()) {
    const auto end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  return parse_arguments(static_cast<int>(argv.size()), argv.data());
}

}  // namespace pulsebench::app
