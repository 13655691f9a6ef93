#include "pulsebench/exchange/go_text.hpp"

#include <cctype>

#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::exchange {
namespace {

constexpr std::string_view kBenchmark = "Benchmark";

/// Takes the next word off `line`; empty where there is none.
std::string_view take_word(std::string_view& line) {
  const auto begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  line.remove_prefix(begin);
  const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
  line.remove_prefix(word.size());
  return word;
}

bool is_lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

}  // namespace

std::optional<GoLine> parse_go_line(std::string_view line) {
  if (!line.starts_with(kBenchmark)) return std::nullopt;
  const std::string_view name = take_word(line);
  if (name.size() > kBenchmark.size() && is_lower(name[kBenchmark.size()])) return std::nullopt;
  const auto operations = number_in<std::uint64_t>(take_word(line));
  if (!operations || *operations == 0) return std::nullopt;
  GoLine parsed{.name = std::string{name}, .operations = *operations};
  for (;;) {
    const std::string_view value = take_word(line);
    if (value.empty()) break;
    const std::string_view unit = take_word(line);
    const auto number = number_in<double>(value);
    parsed.whole = parsed.whole && number && !unit.empty();
    if (number) parsed.values.emplace_back(*number, std::string{unit});
  }
  if (parsed.values.empty() && parsed.whole) return std::nullopt;
  return parsed;
}

bool is_go_text(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.starts_with(kBenchmark) && parse_go_line(line)) return true;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

}  // namespace pulsebench::exchange
