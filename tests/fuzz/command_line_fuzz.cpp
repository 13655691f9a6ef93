#include <string>
#include <vector>

#include "arguments.hpp"
#include "claims.hpp"
#include "pulsebench/vocabulary/text.hpp"

using namespace pulsebench;

/// One word a line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> words = split(fuzz::text_of(data, size), '\n');
  std::vector<const char*> argv{"pulsebench"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  argv.push_back(nullptr);
  const auto asked = app::parse_arguments(static_cast<int>(argv.size()) - 1, argv.data());
  if (!asked) fuzz::require_clear_line(asked.error());
  return 0;
}
