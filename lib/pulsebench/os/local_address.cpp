#include "pulsebench/os/local_address.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr std::string_view kLoopback = "127.0.0.1:";
constexpr timeval kPatience{1, 0};

Descriptor socket_of(int family) {
  Descriptor made{::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  // Of connect too, although it is the limit of a send.
  ::setsockopt(made.number(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  return made;
}

int connect_port(const Descriptor& socket, std::uint16_t port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&name), sizeof name);
}

int connect_path(const Descriptor& socket, std::string_view path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::copy_n(path.begin(), std::min(path.size(), sizeof name.sun_path - 1), name.sun_path);
  return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&name), sizeof name);
}

}  // namespace

Result<LocalAddress> parse_local_address(std::string_view text) {
  if (text.substr(0, kUnix.size()) == kUnix) {
    const std::string_view path = text.substr(kUnix.size());
    constexpr std::size_t kMaxPath = sizeof(sockaddr_un::sun_path) - 1;
    if (!path.empty() && path.front() == '/' && path.size() <= kMaxPath &&
        path.find('\0') == std::string_view::npos) {
      return LocalAddress{.port = 0, .unix_path = std::string{path}};
    }
    return fail(ErrorCode::bad_input,
                fmt::format("'{}' is not an absolute path of at most {} bytes for a unix socket",
                            printable(path), kMaxPath));
  }
  if (text.substr(0, kLoopback.size()) == kLoopback) {
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + kLoopback.size(), end, port);
    if (error == std::errc{} && rest == end && port > 0) return LocalAddress{.port = port};
  }
  return fail(ErrorCode::bad_input,
              fmt::format("'{}' is not an address of this machine; write 127.0.0.1:PORT or "
                          "unix:/PATH",
                          printable(text)));
}

std::string text_of(const LocalAddress& address) {
  return address.unix_path.empty() ? fmt::format("{}{}", kLoopback, address.port)
                                   : fmt::format("{}{}", kUnix, address.unix_path);
}

Result<Descriptor> connect_to(const LocalAddress& address) {
  const bool by_path = !address.unix_path.empty();
  Descriptor socket = socket_of(by_path ? AF_UNIX : AF_INET);
  const int connected = !socket.open() ? -1
                        : by_path      ? connect_path(socket, address.unix_path)
                                       : connect_port(socket, address.port);
  if (connected != 0 || ::fcntl(socket.number(), F_SETFL, O_NONBLOCK) != 0) {
    return fail(ErrorCode::io, fmt::format("cannot connect to {}: {}", printable(text_of(address)),
                                           std::generic_category().message(errno)));
  }
  return socket;
}

}  // namespace pulsebench::os
