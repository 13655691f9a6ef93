#include "pulsebench/run/interrupt.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/wait_readable.hpp"

namespace pulsebench::run {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

int holders = 0;  // the first one installs the handlers, the last one takes them off
std::array<struct sigaction, kSignals.size()> actions_before{};
volatile std::sig_atomic_t arrived = 0;
os::Descriptor read_end, write_end;

extern "C" void remember_signal(int signal) {
  const int saved = errno;
  arrived = signal;
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(write_end.number(), &byte, 1);
  errno = saved;
}

}  // namespace

Interrupt::Interrupt() {
  if (holders++ > 0) return;
  os::Pipe pipe;
  if (pipe.make(O_NONBLOCK)) {
    read_end = std::move(pipe.read_end);
    write_end = std::move(pipe.write_end);
  }
  arrived = 0;
  struct sigaction action {};
  action.sa_handler = remember_signal;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &actions_before[i]);
    const bool keep_ignored = kSignals[i] == SIGHUP && actions_before[i].sa_handler == SIG_IGN;
    if (!keep_ignored) sigaction(kSignals[i], &action, nullptr);
  }
}

Interrupt::~Interrupt() {
  if (--holders > 0) return;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &actions_before[i], nullptr);
  }
  write_end.reset();
  read_end.reset();
}

int Interrupt::signal() const { return arrived; }

int Interrupt::wait(std::chrono::milliseconds most) const {
  (void)os::wait_readable(descriptor(), most);
  return signal();
}

int Interrupt::descriptor() const { return read_end.number(); }

std::string name_of_interrupt(int signal) { return std::string{"SIG"} + sigabbrev_np(signal); }

}  // namespace pulsebench::run
