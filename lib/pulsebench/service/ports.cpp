#include "pulsebench/service/ports.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::service {

Result<std::vector<std::uint16_t>> free_ports(std::size_t count) {
  std::vector<std::uint16_t> ports;
  std::vector<os::Descriptor> held;  // until all are chosen, so that they differ
  for (std::size_t i = 0; i < count; ++i) {
    os::Descriptor socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    auto* const address = reinterpret_cast<sockaddr*>(&name);
    if (!socket.open() || ::bind(socket.number(), address, sizeof name) != 0 ||
        ::getsockname(socket.number(), address, &size) != 0) {
      return fail(ErrorCode::io, fmt::format("cannot find a free port of 127.0.0.1: {}",
                                             std::generic_category().message(errno)));
    }
    ports.push_back(ntohs(name.sin_port));
    held.push_back(std::move(socket));
  }
  return ports;
}

}  // namespace pulsebench::service
