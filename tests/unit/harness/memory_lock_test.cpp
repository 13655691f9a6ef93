#include "pulsebench/harness/memory_lock.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <string>

#include <doctest/doctest.h>

using namespace pulsebench::harness;

namespace {

/// Exit code of `act` in a new process, since a lock and a lowered limit last until its end.
int exit_code_of(const std::function<int()>& act) {
  const int pid = ::fork();
  if (pid == 0) ::_exit(act());
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/// Text after `name` in /proc/self/status (proc(5)).
std::string status(const std::string& name) {
  std::ifstream lines{"/proc/self/status"};
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(name + ':', 0) == 0) return line.substr(name.size() + 1);
  }
  return "0";
}

[[maybe_unused]] long locked_kib() { return std::stol(status("VmLck")); }

/// By capabilities(7): CAP_IPC_LOCK is bit 14, CAP_SYS_RESOURCE, which raises limits, bit 24.
[[maybe_unused]] bool is_permitted() {
  const auto capabilities = std::stoull(status("CapEff"), nullptr, 16);
  rlimit limit{};
  ::getrlimit(RLIMIT_MEMLOCK, &limit);
  return (capabilities >> 14U & 1U) != 0 || (capabilities >> 24U & 1U) != 0 ||
         limit.rlim_max == RLIM_INFINITY;
}

}  // namespace

// A sanitizer's run-time makes mlockall do nothing.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
TEST_CASE(
    "all memory is locked if permitted, including later mappings; otherwise the reason is "
    "returned") {
  const int code = exit_code_of([] {
    const std::string why_not = lock_memory();
    if (!why_not.empty()) return why_not.find("RLIMIT_MEMLOCK") != std::string::npos ? 1 : 2;
    const long before = locked_kib();
    constexpr std::size_t kMiB = std::size_t{1} << 20U;
    void* const later =
        ::mmap(nullptr, 8 * kMiB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return later != MAP_FAILED && before > 0 && locked_kib() >= before + 8 * 1024 ? 0 : 3;
  });
  CHECK(code == (is_permitted() ? 0 : 1));
}
#endif

TEST_CASE("if the limit cannot be raised, the reason names it, and no memory is locked") {
  const int code = exit_code_of([] {
    const rlimit little{64 * 1024, 64 * 1024};
    if (::setrlimit(RLIMIT_MEMLOCK, &little) != 0) return 4;
    if (::geteuid() == 0 && ::setuid(65534) != 0) return 5;
    if (lock_memory().find("RLIMIT_MEMLOCK is 64 KiB") == std::string::npos) return 6;
    void* const later =
        ::mmap(nullptr, 1U << 20U, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return later != MAP_FAILED ? 0 : 7;
  });
  CHECK(code == 0);
}
