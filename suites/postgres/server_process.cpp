#include "server_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

namespace {

bool become(const Account& account) {
  return ::setgroups(0, nullptr) == 0 && ::setgid(account.group) == 0 &&
         ::setuid(account.user) == 0;
}

/// Gives the program its standard channels, and no other descriptor of the suite but `kept`: of a
/// channel to pulsebench, the end would not be seen.
bool set_channels(const Start& start) {
  const int nothing = ::open("/dev/null", O_RDONLY);
  const int log = ::open(start.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(log, STDOUT_FILENO) < 0 ||
      ::dup2(log, STDERR_FILENO) < 0) {
    return false;
  }
  ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
  return start.kept < 0 || ::fcntl(start.kept, F_SETFD, 0) == 0;
}

[[noreturn]] void become_program(const Start& start, std::vector<char*> arguments, pid_t parent) {
  ::setsid();
  const bool is_account = !start.installation->account || become(*start.installation->account);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after the change of user, which clears it
  if (!is_account || ::getppid() != parent || ::chdir("/") != 0 || !set_channels(start)) {
    _exit(127);
  }
  ::execv(arguments[0], arguments.data());
  _exit(127);
}

}  // namespace

pid_t start(const Start& start) {
  std::vector<char*> arguments;
  std::vector<std::string> command = start.command;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process == 0) become_program(start, std::move(arguments), parent);
  return process;
}

std::string last_line(const std::filesystem::path& log) {
  std::ifstream file{log};
  std::string last;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) last = line;
  }
  return last;
}
