#include "pulsebench/profile/attached_sampler.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "pulsebench/os/run_process.hpp"
#include "pulsebench/profile/stack_reader.hpp"
#include "skip.hpp"

using namespace pulsebench::profile;

namespace {

/// CPUs of this thread.
std::vector<int> own_cpus() {
  cpu_set_t set{};
  REQUIRE(sched_getaffinity(0, sizeof set, &set) == 0);
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &set)) cpus.push_back(cpu);
  }
  return cpus;
}

bool executes(const Recording& recording, const std::string& file) {
  return std::ranges::any_of(recording.modules().mappings(),
                             [&](const Mapping& mapping) { return mapping.path.ends_with(file); });
}

}  // namespace

TEST_CASE("programs that are started are sampled with what they start, and we are not") {
  auto sampler = AttachedSampler::await(own_cpus(), 200'000);
  if (!sampler) PULSEBENCH_SKIP("needs perf events: " << sampler.error().message);
  const auto ran = pulsebench::os::run_process(
      {.argv = {"sh", "-c", "dd if=/dev/zero of=/dev/null bs=1M count=3000; true"}});
  REQUIRE(ran.has_value());
  const auto recordings = sampler->finish();
  CHECK(sampler->counts().samples > 10);
  std::size_t of_dd = 0;
  for (const Recording& recording : recordings) {
    CHECK_FALSE(executes(recording, "_tests"));
    if (!executes(recording, "/dd")) continue;
    recording.each([&](const ThreadState&) { ++of_dd; });
  }
  // Nearly all of the time is dd's, where the kernel's code counts for its caller.
  if (sampler->sees_kernel()) CHECK(of_dd > sampler->counts().samples / 2);
}

TEST_CASE("processes that have ended cannot be sampled") {
  const std::array gone{0x7ffffff0};
  CHECK_FALSE(AttachedSampler::attach(gone, own_cpus(), 200'000).has_value());
  CHECK_FALSE(AttachedSampler::attach(gone, {}, 200'000).has_value());
}
