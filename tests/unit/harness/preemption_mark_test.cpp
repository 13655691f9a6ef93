#include "pulsebench/harness/preemption_mark.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include "skip.hpp"

using pulsebench::harness::PreemptionMark;

namespace {

/// Interrupts this thread: the kernel clears a mark also when it delivers a signal (rseq(2)).
void interrupt_this_thread() {
  std::signal(SIGUSR1, [](int) {});
  std::raise(SIGUSR1);
  std::signal(SIGUSR1, SIG_DFL);
}

}  // namespace

TEST_CASE("a mark is gone after an interruption of the thread, and stays without one") {
  PreemptionMark mark;
  if (!mark.works()) PULSEBENCH_SKIP("the C library has no rseq");
  // Other programs may preempt between the two lines, but not every time.
  int tries = 0;
  do {
    mark.set();
  } while (mark.is_gone() && ++tries < 1'000'000);
  CHECK_FALSE(mark.is_gone());
  mark.set();
  interrupt_this_thread();
  CHECK(mark.is_gone());
}

TEST_CASE("a mark of another user serves as well, and is kept") {
  PreemptionMark mark, other;
  if (!mark.works()) PULSEBENCH_SKIP("the C library has no rseq");
  mark.set();
  other.set();
  interrupt_this_thread();
  CHECK(mark.is_gone());
  CHECK(other.is_gone());
}
