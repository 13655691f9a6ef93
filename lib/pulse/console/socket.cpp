#include "pulse/console/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace pulse::console {
namespace {

constexpr int kWaiting = 16;  // connections that the kernel keeps until they are accepted

std::string reason() { return std::generic_category().message(errno); }

Descriptor new_socket(int family) {
  Descriptor made(::socket(family, SOCK_STREAM, 0));
  if (!made) return made;
  ::fcntl(made.get(), F_SETFD, FD_CLOEXEC);
  ::fcntl(made.get(), F_SETFL, O_NONBLOCK);
  return made;
}

template <class Address>
int bind_to(const Descriptor& socket, const Address& address) {
  return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

/// True if `address` is a socket where no process listens any more.
bool is_abandoned(const sockaddr_un& address) {
  struct stat status {};
  if (::lstat(address.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) return false;
  const Descriptor probe = new_socket(AF_UNIX);
  if (!probe) return false;
  const auto* const to = reinterpret_cast<const sockaddr*>(&address);
  return ::connect(probe.get(), to, sizeof address) != 0 && errno == ECONNREFUSED;
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Pipe Pipe::make() {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) return {};
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Listening listen_at(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return {{}, 0, "the path of the socket is too long: " + path};
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());
  Descriptor socket = new_socket(AF_UNIX);
  // Before it has a name, so that it never has another mode. The umask belongs to all threads.
  bool is_bound =
      socket && ::fchmod(socket.get(), S_IRUSR | S_IWUSR) == 0 && bind_to(socket, address) == 0;
  if (!is_bound && errno == EADDRINUSE) {
    if (!is_abandoned(address)) return {{}, 0, "the socket is in use: " + path};
    ::unlink(path.c_str());
    is_bound = bind_to(socket, address) == 0;
  }
  if (!is_bound || ::listen(socket.get(), kWaiting) != 0) {
    return {{}, 0, "cannot listen at " + path + ": " + reason()};
  }
  return {std::move(socket), 0, ""};
}

Listening listen_on_loopback(std::uint16_t port) {
  Descriptor socket = new_socket(AF_INET);
  const int yes = 1;
  if (socket) ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  socklen_t size = sizeof address;
  if (!socket || bind_to(socket, address) != 0 || ::listen(socket.get(), kWaiting) != 0 ||
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return {{}, 0, "cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + reason()};
  }
  return {std::move(socket), ntohs(address.sin_port), ""};
}

Descriptor accept_from(const Descriptor& listener) {
  Descriptor accepted(::accept(listener.get(), nullptr, nullptr));
  if (!accepted) return accepted;
  ::fcntl(accepted.get(), F_SETFD, FD_CLOEXEC);
  ::fcntl(accepted.get(), F_SETFL, O_NONBLOCK);
  return accepted;
}

}  // namespace pulse::console
