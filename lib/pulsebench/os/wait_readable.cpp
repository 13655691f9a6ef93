#include "pulsebench/os/wait_readable.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace pulsebench::os {

bool wait_readable(std::span<Awaited> awaited, std::chrono::milliseconds patience) {
  std::array<pollfd, 8> polled{};
  assert(awaited.size() <= polled.size());
  const std::size_t size = std::min(awaited.size(), polled.size());
  for (std::size_t i = 0; i < size; ++i) polled[i] = {awaited[i].descriptor, POLLIN, 0};
  const bool ready = ::poll(polled.data(), size, static_cast<int>(patience.count())) > 0;
  for (std::size_t i = 0; i < size; ++i) {
    awaited[i].is_ready = ready && polled[i].revents != 0;
  }
  return ready;
}

}  // namespace pulsebench::os
