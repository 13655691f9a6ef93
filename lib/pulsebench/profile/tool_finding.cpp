#include "pulsebench/profile/tool_finding.hpp"

#include <algorithm>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::profile {
namespace {

constexpr std::size_t kLongestName = 4096;

}  // namespace

std::optional<unsigned long long> read_count(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 18) return std::nullopt;
  unsigned long long count = 0;
  for (const char c : text.substr(0, digits)) {
    count = count * 10 + static_cast<unsigned long long>(c - '0');
  }
  return count;
}

Frame read_valgrind_frame(std::string_view text) {
  if (const std::size_t colon = text.find(": "); text.starts_with("0x") && colon != text.npos) {
    text.remove_prefix(colon + 2);
  }
  Frame frame;
  const std::size_t place = text.ends_with(')') ? text.rfind(" (") : text.npos;
  if (place == text.npos) return {.function = printable(text, kLongestName)};
  frame.function = printable(text.substr(0, place), kLongestName);
  const std::string_view where = text.substr(place + 2, text.size() - place - 3);
  if (where.starts_with("in ")) {
    if (frame.function == "???") {
      const std::size_t slash = where.rfind('/');
      frame.function =
          "[" + printable(where.substr(slash == where.npos ? 3 : slash + 1), 200) + "]";
    }
    return frame;
  }
  const std::size_t colon = where.rfind(':');
  frame.file = printable(where.substr(0, colon), kLongestName);
  if (colon != where.npos) {
    const auto line = read_count(where.substr(colon + 1));
    if (line && *line < 100'000'000) frame.line = static_cast<int>(*line);
  }
  return frame;
}

}  // namespace pulsebench::profile
