#include "pulsebench/os/watcher.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <vector>

namespace pulsebench::os {
namespace {

void close_all_but(std::vector<int> kept) {
  std::sort(kept.begin(), kept.end());
  unsigned first = 3;
  for (const int one : kept) {
    const auto number = static_cast<unsigned>(one);
    if (number > first) ::close_range(first, number - 1, 0);
    first = number + 1;
  }
  ::close_range(first, ~0U, 0);
}

}  // namespace

void become_watcher(const char* name, std::initializer_list<int*> kept) {
  std::vector<int> numbers;
  for (int* const one : kept) {
    // Above the standard descriptors, which are replaced below.
    if (*one <= 2) *one = ::fcntl(*one, F_DUPFD_CLOEXEC, 3);
    numbers.push_back(*one);
  }
  ::setsid();
  ::prctl(PR_SET_NAME, name);
  for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP, SIGUSR1, SIGUSR2}) {
    std::signal(signal, SIG_IGN);
  }
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) {
    if (nothing < 0 || ::dup2(nothing, standard) < 0) ::close(standard);
  }
  close_all_but(std::move(numbers));
}

}  // namespace pulsebench::os
