#include "pulsebench/run/interrupt.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

namespace pulsebench::run {
namespace {

volatile std::sig_atomic_t arrived = 0;
int write_end = -1;

extern "C" void remember_signal(int signal) {
  const int saved = errno;
  arrived = signal;
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(write_end, &byte, 1);
  errno = saved;
}

}  // namespace

Interrupt::Interrupt() {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
    read_end_ = ends[0];
    write_end = ends[1];
  }
  arrived = 0;
  struct sigaction action {};
  action.sa_handler = remember_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  close(read_end_);
  close(write_end);
  write_end = -1;
}

int Interrupt::signal() const { return arrived; }

}  // namespace pulsebench::run
