#include "pulsebench/exchange/foreign_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "pulsebench/os/sha256.hpp"

namespace pulsebench::exchange {
namespace {

constexpr std::size_t kLongestId = 1000;  // of BenchmarkId::parse
constexpr std::size_t kDigestDigits = 16;
constexpr std::string_view kEscape = "\\x";
constexpr std::string_view kEmptyName = "\\x";
constexpr std::string_view kCut = "\\~";
constexpr std::size_t kLongestCodePoint = 4;

/// Bytes of the printable code point that `text` begins with; 0 where it begins with none.
std::size_t printable_prefix(std::string_view text) {
  for (std::size_t bytes = 1; bytes <= std::min(kLongestCodePoint, text.size()); ++bytes) {
    if (is_printable(text.substr(0, bytes))) return bytes;
  }
  return 0;
}

}  // namespace

BenchmarkId id_of_foreign(std::string_view name) {
  constexpr std::size_t kRoom = kLongestId - kCut.size() - kDigestDigits;
  std::string id;
  std::size_t cut = 0;  // where an id that is too long is cut
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t bytes = name[at] == '\\' ? 0 : printable_prefix(name.substr(at));
    if (bytes > 0) {
      id += name.substr(at, bytes);
    } else {
      id += fmt::format("{}{:02x}", kEscape, static_cast<unsigned char>(name[at]));
    }
    at += bytes > 0 ? bytes : 1;
    if (id.size() <= kRoom) cut = id.size();
    if (id.size() > kLongestId) {
      id = id.substr(0, cut).append(kCut) + os::sha256_of(name).substr(0, kDigestDigits);
      break;
    }
  }
  if (id.empty()) id = kEmptyName;
  return *BenchmarkId::parse(id);
}

std::string foreign_name_of(const BenchmarkId& id) {
  const std::string& text = id.text();
  if (text == kEmptyName) return {};
  std::string name;
  for (std::size_t at = 0; at < text.size();) {
    unsigned byte = 0;
    const bool escaped = std::string_view{text}.substr(at).starts_with(kEscape);
    const char* const digits = text.data() + at + kEscape.size();
    if (escaped && at + kEscape.size() + 2 <= text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      name += static_cast<char>(byte);
      at += kEscape.size() + 2;
    } else {
      name += text[at++];
    }
  }
  return name;
}

}  // namespace pulsebench::exchange
