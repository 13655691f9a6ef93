#include "pulsebench/run/interrupt.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

#include "pulsebench/os/pipe.hpp"

namespace pulsebench::run {
namespace {

volatile std::sig_atomic_t arrived = 0;
os::Descriptor write_end;

extern "C" void remember_signal(int signal) {
  const int saved = errno;
  arrived = signal;
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(write_end.number(), &byte, 1);
  errno = saved;
}

}  // namespace

Interrupt::Interrupt() {
  os::Pipe pipe;
  if (pipe.make(O_NONBLOCK)) {
    read_end_ = std::move(pipe.read_end);
    write_end = std::move(pipe.write_end);
  }
  arrived = 0;
  struct sigaction action {};
  action.sa_handler = remember_signal;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    const bool keep_ignored = kSignals[i] == SIGHUP && before_[i].sa_handler == SIG_IGN;
    if (!keep_ignored) sigaction(kSignals[i], &action, nullptr);
  }
}

Interrupt::~Interrupt() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  write_end.reset();
}

int Interrupt::signal() const { return arrived; }

}  // namespace pulsebench::run
