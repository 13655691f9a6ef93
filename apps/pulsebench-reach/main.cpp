// pulsebench-reach ADDRESSES REPORT PROGRAM [ARGUMENT]...
//
// Runs a program until it executes an instruction at one of the addresses in the file ADDRESSES,
// each in hexadecimal and as in the program's file. Then it ends the program. REPORT says line by
// line what was seen:
//
//   reached 1139         the address that was executed
//   loaded /lib/x.so     a file with code that the program had loaded, apart from its own
//   became /bin/sh       the program was replaced by another one, and is not watched from then on
//   forked               it started another process, and is not watched from then on
//   refused WHY          the program cannot be watched
//   ended                it ran to its end and reached none
//
// It exits as the program does. A breakpoint stops a program once, so that it is as fast as ever
// before that; no more is known of it afterwards.

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "watch.hpp"

namespace {

constexpr int kUsage = 2;
constexpr int kNotStarted = 127;
constexpr int kRequests = 3, kEvents = 4;  // between the orchestrator and the program

[[noreturn]] void become(char** words, std::FILE* report) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) {
    std::fprintf(report, "refused %s\n", std::strerror(errno));
    std::fflush(report);
    _exit(kNotStarted);
  }
  execv(words[0], words);
  std::fprintf(stderr, "cannot start %s: %s\n", words[0], std::strerror(errno));
  _exit(kNotStarted);
}

std::vector<std::uint64_t> addresses_in(const char* path) {
  std::vector<std::uint64_t> addresses;
  std::ifstream file{path};
  for (std::uint64_t address = 0; file >> std::hex >> address;) addresses.push_back(address);
  return addresses;
}

/// For writing, above the descriptors of the program; null where that fails.
std::FILE* opened(const char* path) {
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);  // NOLINT
  if (file < 0) return nullptr;
  const int above = fcntl(file, F_DUPFD_CLOEXEC, kEvents + 1);  // NOLINT
  close(file);
  return above < 0 ? nullptr : fdopen(above, "w");
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fprintf(stderr, "pulsebench-reach watches programs for pulsebench, which starts it\n");
    return kUsage;
  }
  const auto addresses = addresses_in(words[1]);
  std::FILE* const report = opened(words[2]);
  if (report == nullptr) {
    std::fprintf(stderr, "cannot write %s: %s\n", words[2], std::strerror(errno));
    return kUsage;
  }
  const pid_t process = fork();
  if (process == 0) become(words + 3, report);
  if (process < 0) {
    std::fprintf(stderr, "cannot start %s: %s\n", words[3], std::strerror(errno));
    return kNotStarted;
  }
  close(kRequests);
  close(kEvents);
  std::error_code ignored;
  const auto program = std::filesystem::canonical(words[3], ignored).string();
  const auto status = watch(process, addresses, program, report);
  std::fclose(report);
  return !status || WIFSIGNALED(*status) ? kNotStarted : WEXITSTATUS(*status);
}
