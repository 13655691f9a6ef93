#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>

namespace pulsebench::app {

bool is_terminal(int descriptor) { return ::isatty(descriptor) != 0; }

int columns_of(int descriptor) {
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void prepare_standard_streams() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace pulsebench::app
