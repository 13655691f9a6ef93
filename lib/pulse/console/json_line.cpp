#include "pulse/console/json_line.hpp"

#include <array>
#include <charconv>

namespace pulse::console {

void append_quoted(std::string& line, std::string_view text) {
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') line += '\\';
    line += c >= ' ' && c <= '~' ? c : '?';
  }
  line += '"';
}

void append_field(std::string& line, std::string_view key, std::uint64_t value) {
  std::array<char, 20> digits{};  // of 2^64 - 1
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  line += '"';
  line += key;
  line += "\":";
  line.append(digits.data(), end);
  line += ',';
}

void append_field(std::string& line, std::string_view key, std::string_view value) {
  line += '"';
  line += key;
  line += "\":";
  append_quoted(line, value);
  line += ',';
}

void append_field(std::string& line, std::string_view key, std::chrono::nanoseconds value) {
  append_field(line, key, static_cast<std::uint64_t>(value.count()));
}

void close(std::string& line, char end) {
  if (!line.empty() && line.back() == ',') line.pop_back();
  line += end;
}

}  // namespace pulse::console
