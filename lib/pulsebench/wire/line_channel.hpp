#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pulsebench::wire {

/// The child's ends of the wire.
struct Channel {
  int requests = -1;
  int events = -1;
};

/// Reads "R,W" as two descriptors; empty if it is something else.
[[nodiscard]] std::optional<Channel> parse_channel(std::string_view text);

/// Writes `line` and a newline to `descriptor`. False if the reader has exited.
[[nodiscard]] bool write_line(int descriptor, std::string line);

}  // namespace pulsebench::wire
