#include "pulsebench/counters/absence.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "pulsebench/counters/encode.hpp"

namespace pulsebench::counters {
namespace {

std::string hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), number, 16).ptr;
  return "0x" + std::string(digits.begin(), end);
}

std::string why_absent(const perf_event_attr& event, const PerfSys& system, bool counts_cycles) {
  if (is_software(event)) return "this kernel does not count it";
  if (counts_cycles) return "this CPU does not count it";
  return system.in_vm() ? "this VM exposes no hardware counters; use --instructions, or enable the "
                          "vPMU on the host"
                        : "this kernel offers no hardware counters of this CPU; use --instructions";
}

}  // namespace

std::string why_refused(int error, const perf_event_attr& event, const PerfSys& system,
                        bool counts_cycles) {
  switch (error) {
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
      return why_absent(event, system, counts_cycles);
    case EACCES:
      return "forbidden by perf_event_paranoid=" + std::to_string(system.paranoid()) +
             "; lower it to 1, or grant the capability cap_perfmon";
    case EPERM:
      return "forbidden by the container's seccomp profile; run it with --cap-add PERFMON "
             "--security-opt seccomp=unconfined";
    case EINVAL:
      return "the kernel does not support an event of type " + std::to_string(event.type) +
             " and config " + hex(event.config) + "; check its name and unit masks";
    case ENOSPC:
      return "the machine has no free counter for it; request fewer with --counters";
    case EBUSY:
      return "another program has exclusive use of the counters";
    case EMFILE:
    case ENFILE:
      return "no file descriptor is left; raise ulimit -n";
    case ENOSYS:
      return "there are no perf events here: the kernel was built without them, or an emulator has "
             "none";
    default:
      return "it cannot be opened: " + std::generic_category().message(error);
  }
}

std::string why_never_ran() {
  return "it never had a counter: another program or the NMI watchdog uses them; request fewer "
         "with --counters";
}

}  // namespace pulsebench::counters
