#include "partner.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <pulsebench/harness/turn_cpus.hpp>

Partner::~Partner() {
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

std::string Partner::problem(Placement placement) {
  if (placement == Placement::same_core || pulsebench::allowed_cpus().size() > 1) return {};
  return "one CPU only: there is no other core";
}

pid_t Partner::fork_pinned(Placement placement) {
  pulsebench::take_turn(0);
  const pid_t parent = getpid();
  const pid_t process = fork();
  if (process < 0) give_up("fork");
  if (process > 0) return process;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) leave();  // it ended before the line above
  pulsebench::take_turn(placement == Placement::same_core ? 0 : 1);
  return 0;
}

void Partner::leave() { _exit(0); }

void give_up(const char* what) {
  std::fprintf(stderr, "%s: %s\n", what, errno == 0 ? "the channel ended" : std::strerror(errno));
  _exit(1);
}
