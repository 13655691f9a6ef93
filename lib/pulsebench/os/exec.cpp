#include "pulsebench/os/exec.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace pulsebench::os {
namespace {

std::string name_of(const std::string& variable) { return variable.substr(0, variable.find('=')); }

}  // namespace

std::vector<std::string> environment_with(const std::vector<std::string>& changes) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string name = name_of(*variable);
    const bool changed = std::any_of(changes.begin(), changes.end(),
                                     [&](const auto& change) { return name_of(change) == name; });
    if (!changed) variables.emplace_back(*variable);
  }
  for (const auto& change : changes) {
    if (change.find('=') != std::string::npos) variables.push_back(change);
  }
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (auto& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

void begin_child(int parent, int death_signal) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, death_signal);
  if (getppid() != parent) _exit(127);  // it ended before the line above
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  std::signal(SIGPIPE, SIG_DFL);
}

int lifted(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 16); }

bool place(int from, int to) {
  if (from < 0) return false;
  return from == to ? fcntl(to, F_SETFD, 0) == 0 : dup2(from, to) == to;
}

bool is_shortage(int error) {
  return error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE;
}

}  // namespace pulsebench::os
