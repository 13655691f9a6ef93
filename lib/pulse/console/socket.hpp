#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace pulse::console {

/// Owns a file descriptor; empty where it is negative.
class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// Both ends of a pipe; empty where the process has no descriptor left.
struct Pipe {
  Descriptor read_end;
  Descriptor write_end;

  [[nodiscard]] static Pipe make();
};

/// A socket that listens, or why there is none.
struct Listening {
  Descriptor socket;
  std::uint16_t port = 0;
  std::string problem;  ///< empty if it listens
};

/// A Unix socket at `path`, mode 0600. A socket of a process that no longer listens is replaced.
[[nodiscard]] Listening listen_at(const std::string& path);

/// A TCP socket on 127.0.0.1. Port 0: any free one.
[[nodiscard]] Listening listen_on_loopback(std::uint16_t port);

/// The next connection, which does not block; empty if there is none.
[[nodiscard]] Descriptor accept_from(const Descriptor& listener);

}  // namespace pulse::console
