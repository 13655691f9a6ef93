#include <windows.h>

#include <atomic>
#include <csignal>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/pipe.hpp"
#include "pulsebench/os/wait_readable.hpp"
#include "pulsebench/run/interrupt.hpp"

namespace pulsebench::run {
namespace {

constexpr int kHangUp = 1;  // SIGHUP, for which Windows has no name

int holders = 0;
std::atomic<int> arrived{0};
os::Pipe bell;

/// Runs in a thread that Windows starts for it.
BOOL WINAPI remember(DWORD event) {
  arrived = event == CTRL_C_EVENT ? SIGINT : event == CTRL_BREAK_EVENT ? SIGTERM : kHangUp;
  (void)os::write_all(bell.write_end, {"", 1});
  return TRUE;
}

}  // namespace

Interrupt::Interrupt() {
  if (holders++ > 0) return;
  (void)bell.make();
  arrived = 0;
  ::SetConsoleCtrlHandler(remember, TRUE);
}

Interrupt::~Interrupt() {
  if (--holders > 0) return;
  ::SetConsoleCtrlHandler(remember, FALSE);
  bell = {};
}

int Interrupt::signal() const { return arrived; }

int Interrupt::wait(std::chrono::milliseconds most) const {
  (void)os::wait_readable(descriptor(), most);
  return signal();
}

int Interrupt::descriptor() const { return bell.read_end.number(); }

std::string name_of_interrupt(int signal) {
  return signal == SIGINT ? "SIGINT" : signal == SIGTERM ? "SIGTERM" : "SIGHUP";
}

}  // namespace pulsebench::run
