#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/os/local_address.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/temporary_folder.hpp"

namespace pulsebench::load {

/// A server on a unix socket, in a thread. It reads requests that end with an empty line, and sends
/// what `answer` returns for the number of the request, in the pieces that it returns. An empty
/// list closes the connection.
class ScriptedServer {
 public:
  using Answer = std::function<std::vector<std::string>(int request)>;

  explicit ScriptedServer(Answer answer)
      : answer_(std::move(answer)),
        folder_(os::TemporaryFolder::make().value()),
        listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const std::string path = this->path();
    std::copy(path.begin(), path.end(), name.sun_path);
    REQUIRE(::bind(listener_.number(), reinterpret_cast<sockaddr*>(&name), sizeof name) == 0);
    REQUIRE(::listen(listener_.number(), 64) == 0);
    REQUIRE(stop_.make());
    thread_ = std::thread{[this] { run(); }};
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer() {
    stop_.write_end.reset();
    thread_.join();
  }

  [[nodiscard]] os::LocalAddress address() const { return {.port = 0, .unix_path = path()}; }

 private:
  [[nodiscard]] std::string path() const { return (folder_.path() / "server").string(); }

  void run() {
    for (;;) {
      std::vector<pollfd> polled{{stop_.read_end.number(), POLLIN, 0},
                                 {listener_.number(), POLLIN, 0}};
      for (const auto& [socket, text] : connections_) polled.push_back({socket, POLLIN, 0});
      ::poll(polled.data(), polled.size(), -1);
      if (polled[0].revents != 0) break;
      if (polled[1].revents != 0) {
        connections_[::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC)] = "";
      }
      for (std::size_t i = 2; i < polled.size(); ++i) {
        if (polled[i].revents != 0) read_from(polled[i].fd);
      }
    }
    for (const auto& [socket, text] : connections_) ::close(socket);
  }

  void read_from(int socket) {
    std::array<char, 4096> bytes{};
    const ssize_t size = ::recv(socket, bytes.data(), bytes.size(), 0);
    std::string& text = connections_[socket];
    if (size > 0) text.append(bytes.data(), static_cast<std::size_t>(size));
    const auto end = text.find("\r\n\r\n");
    if (size > 0 && end == std::string::npos) return;
    const auto pieces = size > 0 ? answer_(requests_++) : std::vector<std::string>{};
    for (const std::string& piece : pieces) {
      ::send(socket, piece.data(), piece.size(), MSG_NOSIGNAL);
      ::usleep(500);  // so that the client reads the piece alone
    }
    if (size > 0) text.erase(0, end + 4);
    if (!pieces.empty()) return;
    ::close(socket);
    connections_.erase(socket);
  }

  Answer answer_;
  os::TemporaryFolder folder_;
  os::Descriptor listener_;
  os::Pipe stop_;
  std::map<int, std::string> connections_;
  int requests_ = 0;
  std::thread thread_;
};

}  // namespace pulsebench::load
