#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace pulse::console {

/// Appends `text` as a JSON string. Bytes that are not printable ASCII become '?': names of files
/// and programs need not be UTF-8, and JSON has to be.
void append_quoted(std::string& line, std::string_view text);

/// Appends `"key":value,`.
void append_field(std::string& line, std::string_view key, std::uint64_t value);
void append_field(std::string& line, std::string_view key, std::string_view value);
/// In nanoseconds.
void append_field(std::string& line, std::string_view key, std::chrono::nanoseconds value);

/// Appends `end` in place of a comma that nothing follows.
void close(std::string& line, char end);

}  // namespace pulse::console
