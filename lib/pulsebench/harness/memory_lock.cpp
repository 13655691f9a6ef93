#include "pulsebench/harness/memory_lock.hpp"

#include <linux/capability.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace pulsebench::harness {
namespace {

/// True if no limit applies to this process (capabilities(7)).
bool may_lock_any_memory() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
  if (syscall(SYS_capget, &header, data.data()) != 0) return false;
  return (data[0].effective & (1U << CAP_IPC_LOCK)) != 0;
}

}  // namespace

std::string lock_memory() {
  rlimit limit{};
  getrlimit(RLIMIT_MEMLOCK, &limit);
  // With a limit the lock succeeds, but a later mapping beyond the limit fails in the middle of a
  // benchmark.
  const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
  const bool limited = limit.rlim_cur != RLIM_INFINITY && !may_lock_any_memory();
  if (limited && setrlimit(RLIMIT_MEMLOCK, &unlimited) != 0) {
    return "not permitted: RLIMIT_MEMLOCK is " + std::to_string(limit.rlim_cur / 1024) +
           " KiB; run ulimit -l unlimited first";
  }
  if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
    return "refused: " + std::generic_category().message(errno);
  }
  return {};
}

}  // namespace pulsebench::harness
