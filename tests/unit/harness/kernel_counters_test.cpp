#include "pulsebench/harness/kernel_counters.hpp"

#include <doctest/doctest.h>

#include "pulsebench/vocabulary/sample.hpp"

using namespace pulsebench;
using namespace pulsebench::harness;

TEST_CASE("each cause of a disturbance has its own bit") {
  const KernelCounters::Reading calm{.cpu_ns = 5, .run_delay_ns = 7, .involuntary_switches = 1};
  auto preempted = calm;
  ++preempted.involuntary_switches;
  auto delayed = calm;
  ++delayed.run_delay_ns;
  auto faulted = calm;
  ++faulted.major_faults;
  CHECK(KernelCounters::causes(calm, calm) == 0);
  CHECK(KernelCounters::causes(calm, preempted) ==
        static_cast<std::uint32_t>(Disturbance::preempted));
  CHECK(KernelCounters::causes(calm, delayed) ==
        static_cast<std::uint32_t>(Disturbance::run_delay));
  CHECK(KernelCounters::causes(calm, faulted) == static_cast<std::uint32_t>(Disturbance::faulted));
}

TEST_CASE("CPU time increases between two readings") {
  const KernelCounters kernel_counters;
  const auto before = kernel_counters.read();
  for (int i = 0; i < 10'000; ++i) asm volatile("");
  const auto after = kernel_counters.read();
  CHECK(after.cpu_ns > before.cpu_ns);
  CHECK(kernel_counters.overhead_cpu_ns() > 0.0);
}
