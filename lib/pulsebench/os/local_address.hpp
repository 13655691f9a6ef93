#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::os {

/// Where a server of this machine listens: a port of 127.0.0.1, or a unix socket.
struct LocalAddress {
  std::uint16_t port = 0;
  std::string unix_path = {};  ///< not empty: a unix socket
};

/// Reads "127.0.0.1:8080" or "unix:/run/server.sock". `bad_input` for anything else: load is never
/// sent to another machine. A path has at most 107 bytes, as the kernel demands.
[[nodiscard]] Result<LocalAddress> parse_local_address(std::string_view text);

[[nodiscard]] std::string text_of(const LocalAddress& address);

/// Connects within a second and returns the socket, which does not block and sends small packets at
/// once. `io` where that fails.
[[nodiscard]] Result<Descriptor> connect_to(const LocalAddress& address);

}  // namespace pulsebench::os
