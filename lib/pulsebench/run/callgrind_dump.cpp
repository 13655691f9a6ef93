#include "pulsebench/run/callgrind_dump.hpp"

#include <map>
#include <sstream>
#include <string>

namespace pulsebench::run {
namespace {

/// Rest of the line that begins with `key`; empty if there is none.
std::string line_of(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.substr(0, key.size()) == key) return std::string{line.substr(key.size())};
    at = end + 1;
  }
  return {};
}

}  // namespace

std::optional<CallgrindTotals> read_callgrind_dump(std::string_view text) {
  std::istringstream names{line_of(text, "events:")};
  std::istringstream numbers{line_of(text, "summary:")};
  std::map<std::string, std::uint64_t> totals;
  std::string name;
  // The summary omits trailing zeros.
  for (std::uint64_t number = 0; names >> name; number = 0) {
    if (!(numbers >> number)) number = 0;
    totals[name] = number;
  }
  if (totals.count("Ir") == 0 || totals["Ir"] == 0) return std::nullopt;
  return CallgrindTotals{.instructions = totals["Ir"],
                         .d1_misses = totals["D1mr"] + totals["D1mw"],
                         .ll_misses = totals["DLmr"] + totals["DLmw"]};
}

}  // namespace pulsebench::run
