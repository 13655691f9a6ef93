#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <new>
#include <pulsebench/harness/opaque.hpp>

#include "partner.hpp"

/// What a round trip sends and gets back.
using Message = std::array<char, 64>;
/// What is sent one way.
using Block = std::array<char, 4096>;

/// Writes all bytes of `message`.
template <class Bytes>
void write_whole(int to, const Bytes& message) {
  for (std::size_t done = 0; done < message.size();) {
    const ssize_t count = ::write(to, message.data() + done, message.size() - done);
    if (count <= 0) give_up("write");
    done += static_cast<std::size_t>(count);
  }
}

/// Reads all bytes of `message`.
template <class Bytes>
void read_whole(int from, Bytes& message) {
  for (std::size_t done = 0; done < message.size();) {
    const ssize_t count = ::read(from, message.data() + done, message.size() - done);
    if (count == 0) errno = 0;
    if (count <= 0) give_up("read");
    done += static_cast<std::size_t>(count);
  }
}

/// Two descriptors for both directions, made by `open`.
class Ends {
 public:
  using Pair = std::array<int, 2>;

  template <class Open>
  explicit Ends(const Open& open) {
    if (open(ends_.data()) != 0) give_up("a channel");
  }
  ~Ends() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;

  [[nodiscard]] int operator[](std::size_t end) const { return ends_[end]; }

 private:
  Pair ends_{-1, -1};
};

/// Two pipes, as the stdin and stdout of a child process are.
class Pipe {
 public:
  void call(Message& message) const {
    write_whole(there_[1], message);
    read_whole(back_[0], message);
  }
  void answer() const {
    for (Message message{};;) {
      read_whole(there_[0], message);
      write_whole(back_[1], message);
    }
  }
  void put(const Block& block) const { write_whole(there_[1], block); }
  void take(Block& block) const { read_whole(there_[0], block); }

 private:
  static int open_pipe(int* ends) { return ::pipe2(ends, O_CLOEXEC); }
  Ends there_{open_pipe}, back_{open_pipe};
};

/// A pair of connected sockets of the local domain.
template <int kType>
class UnixSocket {
 public:
  void call(Message& message) const {
    write_whole(ends_[0], message);
    read_whole(ends_[0], message);
  }
  void answer() const {
    for (Message message{};;) {
      read_whole(ends_[1], message);
      write_whole(ends_[1], message);
    }
  }
  void put(const Block& block) const { write_whole(ends_[0], block); }
  void take(Block& block) const { read_whole(ends_[1], block); }

 private:
  Ends ends_{[](int* ends) { return ::socketpair(AF_UNIX, kType | SOCK_CLOEXEC, 0, ends); }};
};

/// A `T` in memory that both processes have; it has no name, so that nothing can be left behind.
template <class T>
class SharedMemory {
 public:
  SharedMemory()
      : memory_(
            ::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) give_up("mmap");
    object_ = ::new (memory_) T;
  }
  ~SharedMemory() {
    object_->~T();
    ::munmap(memory_, sizeof(T));
  }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  [[nodiscard]] T* operator->() const { return object_; }

 private:
  void* memory_;
  T* object_ = nullptr;
};
