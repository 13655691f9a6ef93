#include "pulsebench/wire/line_channel.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace pulsebench::wire {

std::optional<Channel> parse_channel(std::string_view text) {
  Channel channel;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, channel.requests);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ',') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, channel.events);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  if (channel.requests < 0 || channel.events < 0) return std::nullopt;
  return channel;
}

bool write_line(int descriptor, std::string line) {
  constexpr std::size_t kAtOnce = 1U << 20U;  // Windows takes fewer bytes than a size_t holds
  line += '\n';
  std::size_t sent = 0;
  while (sent < line.size()) {
    const auto bytes = static_cast<unsigned>(std::min(line.size() - sent, kAtOnce));
    const auto count = ::write(descriptor, line.data() + sent, bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    sent += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace pulsebench::wire
