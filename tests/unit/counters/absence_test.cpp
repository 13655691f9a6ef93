#include "pulsebench/counters/absence.hpp"

#include <doctest/doctest.h>

#include "fake_perf.hpp"

using namespace pulsebench::counters;

namespace {

perf_event_attr event_of(std::uint32_t type, std::uint64_t config) {
  perf_event_attr event{};
  event.type = type;
  event.config = config;
  return event;
}

const perf_event_attr kCycles = event_of(PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES);

std::string why(int error, bool counts_cycles = false) {
  FakePerf system;
  system.vm = true;
  system.level = 3;
  return why_refused(error, kCycles, system, counts_cycles);
}

}  // namespace

TEST_CASE("without a PMU the reason names a VM, and a way that still counts") {
  const std::string vm =
      "this VM exposes no hardware counters; use --instructions, or enable the vPMU on the host";
  for (const int error : {ENOENT, ENODEV, EOPNOTSUPP}) CHECK(why(error) == vm);
  CHECK(why_refused(ENOENT, kCycles, FakePerf{}, false) ==
        "this kernel offers no hardware counters of this CPU; use --instructions");
}

TEST_CASE("if cycles are counted, a missing event is missing in the CPU") {
  CHECK(why(ENOENT, true) == "this CPU does not count it");
  const auto software = event_of(PERF_TYPE_SOFTWARE, 99);
  CHECK(why_refused(ENOENT, software, FakePerf{}, false) == "this kernel does not count it");
}

TEST_CASE("each refusal has the fact and the way out") {
  CHECK(why(EACCES) ==
        "forbidden by perf_event_paranoid=3; lower it to 1, or grant the capability cap_perfmon");
  CHECK(why(EPERM) ==
        "forbidden by the container's seccomp profile; run it with --cap-add PERFMON "
        "--security-opt seccomp=unconfined");
  CHECK(why_refused(EINVAL, event_of(PERF_TYPE_RAW, 0x1c0), FakePerf{}, true) ==
        "the kernel does not support an event of type 4 and config 0x1c0; check its name and unit "
        "masks");
  CHECK(why(ENOSPC) == "the machine has no free counter for it; request fewer with --counters");
  CHECK(why(EMFILE) == "no file descriptor is left; raise ulimit -n");
  CHECK(why(EBUSY) == "another program has exclusive use of the counters");
  CHECK(
      why(ENOSYS) ==
      "there are no perf events here: the kernel was built without them, or an emulator has none");
  CHECK(why(EIO) == "it cannot be opened: Input/output error");
}
