// 1, 4 and 16 clients of one server process over one listening socket of the local domain: how the
// time of a request grows with the requests at once. Every thread is a client.
#include <benchmark/benchmark.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <optional>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "channels.hpp"
#include "partner.hpp"

namespace {

/// A server that answers each message. Its socket has an address of the abstract namespace, so
/// that no file is left behind, unix(7).
class Server {
 public:
  Server() : listener_(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)) {
    address_.sun_family = AF_UNIX;
    const auto listening = [this] {
      return ::bind(listener_, sockaddr_of(address_), sizeof address_.sun_family) == 0 &&
             ::getsockname(listener_, sockaddr_of(address_), &size_) == 0 &&
             ::listen(listener_, SOMAXCONN) == 0;
    };
    if (listener_ < 0 || !listening()) give_up("a listening socket");
    // The last of the CPUs, which is the only one with one client.
    partner_.emplace(Partner::problem(Placement::other_core).empty() ? Placement::other_core
                                                                     : Placement::same_core,
                     [this] { serve(); });
  }
  ~Server() { ::close(listener_); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Returns a connection.
  [[nodiscard]] int connect() {
    const int client = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (client < 0 || ::connect(client, sockaddr_of(address_), size_) != 0) give_up("connect");
    return client;
  }

 private:
  static sockaddr* sockaddr_of(sockaddr_un& address) {
    return reinterpret_cast<sockaddr*>(&address);
  }

  void serve() const {
    const int ready = ::epoll_create1(EPOLL_CLOEXEC);
    const auto watch = [ready](int descriptor) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.fd = descriptor;
      if (::epoll_ctl(ready, EPOLL_CTL_ADD, descriptor, &event) != 0) give_up("epoll_ctl");
    };
    watch(listener_);
    for (std::array<epoll_event, 32> events{};;) {
      const int count = ::epoll_wait(ready, events.data(), static_cast<int>(events.size()), -1);
      if (count < 0) give_up("epoll_wait");
      for (int i = 0; i < count; ++i) {
        const int descriptor = events[static_cast<std::size_t>(i)].data.fd;
        if (descriptor == listener_) {
          watch(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
        } else if (!answer(descriptor)) {
          ::close(descriptor);
        }
      }
    }
  }

  /// False at the end of the connection.
  static bool answer(int client) {
    Message message{};
    const ssize_t size = ::read(client, message.data(), message.size());
    return size > 0 && ::send(client, message.data(), message.size(), MSG_NOSIGNAL) > 0;
  }

  int listener_;
  sockaddr_un address_{};
  socklen_t size_ = sizeof address_;
  std::optional<Partner> partner_;
};

std::unique_ptr<Server>& server() {
  static std::unique_ptr<Server> running;
  return running;
}

void request(benchmark::State& state) {
  const int client = server()->connect();
  Message message{};
  pulsebench::measure(state, [client, &message] {
    write_whole(client, message);
    read_whole(client, message);
    pulsebench::consume(message);
  });
  ::close(client);
}
BENCHMARK(request)
    ->Name("ipc/clients")
    ->Setup([](const benchmark::State& /*state*/) { server() = std::make_unique<Server>(); })
    ->Teardown([](const benchmark::State& /*state*/) { server().reset(); })
    ->Threads(1)
    ->Threads(4)
    ->Threads(16);

}  // namespace
