// Software events of this machine's kernel, compared with getrusage.
#include <doctest/doctest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

#include "pulsebench/counters/session.hpp"

using namespace pulsebench;
using namespace pulsebench::counters;

namespace {

constexpr std::uint64_t kTimes = 64;

struct Usage {
  long faults = 0, switches = 0;
};

Usage usage_now() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return {usage.ru_minflt + usage.ru_majflt, usage.ru_nvcsw + usage.ru_nivcsw};
}

Counter count(const char* event, const std::function<void(std::uint64_t)>& run) {
  Session session{linux_perf(), {event}};
  return session.per_operation(run, kTimes).front();
}

/// Causes a page fault per turn: each touches a new page.
class Faulter {
 public:
  Faulter() {
    at_ = static_cast<char*>(
        mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(at_ != MAP_FAILED);
    madvise(at_, kBytes, MADV_NOHUGEPAGE);
  }
  ~Faulter() { munmap(at_, kBytes); }
  Faulter(const Faulter&) = delete;
  Faulter& operator=(const Faulter&) = delete;

  /// Without the address sanitizer, whose shadow memory would also fault.
  __attribute__((no_sanitize("address"))) void run(std::uint64_t times) {
    for (; times != 0; --times, used_ += 4096) *const_cast<volatile char*>(at_ + used_) = 1;
  }

 private:
  static constexpr std::size_t kBytes = 4096 * 16 * kTimes;
  char* at_ = nullptr;
  std::size_t used_ = 0;
};

/// Causes a context switch per turn: asks another thread on the same CPU and waits for it.
class Switcher {
 public:
  Switcher() {
    REQUIRE(pipe(ask_) == 0);
    REQUIRE(pipe(answer_) == 0);
    cpu_set_t one{};
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
    sched_getaffinity(0, sizeof before_, &before_);
    sched_setaffinity(0, sizeof one, &one);
    other_ = std::thread{[this] {
      for (char byte = 0; read(ask_[0], &byte, 1) == 1;) {
        if (write(answer_[1], &byte, 1) != 1) return;
      }
    }};
  }
  ~Switcher() {
    close(ask_[1]);
    other_.join();
    for (const int end : {ask_[0], answer_[0], answer_[1]}) close(end);
    sched_setaffinity(0, sizeof before_, &before_);
  }
  Switcher(const Switcher&) = delete;
  Switcher& operator=(const Switcher&) = delete;

  void run(std::uint64_t times) {
    for (char byte = 0; times != 0; --times) {
      REQUIRE(write(ask_[1], &byte, 1) == 1);
      REQUIRE(read(answer_[0], &byte, 1) == 1);
    }
  }

 private:
  int ask_[2]{}, answer_[2]{};
  cpu_set_t before_{};
  std::thread other_;
};

}  // namespace

TEST_CASE("one page fault per operation is counted as one, as by getrusage") {
  Faulter faulter;
  faulter.run(1);
  const Usage before = usage_now();
  faulter.run(kTimes);
  CHECK(usage_now().faults - before.faults >= static_cast<long>(kTimes));
  const Counter counter = count("page-faults", [&](std::uint64_t n) { faulter.run(n); });
  REQUIRE(counter.per_op.has_value());
  CHECK(*counter.per_op == doctest::Approx(1.0).epsilon(0.05));
}

TEST_CASE("one context switch per operation is counted as one, and at most as getrusage's") {
  Switcher switcher;
  switcher.run(1);
  const Usage before = usage_now();
  const Counter counter = count("context-switches", [&](std::uint64_t n) { switcher.run(n); });
  const long all = usage_now().switches - before.switches;
  REQUIRE(counter.per_op.has_value());
  // The two batches are 3 * kTimes operations; preemptions by others are added.
  CHECK(all >= static_cast<long>(3 * kTimes));
  CHECK(*counter.per_op >= 0.9);
  CHECK(*counter.per_op * static_cast<double>(kTimes) <= static_cast<double>(all));
}

TEST_CASE("a thread that stays on its CPU has a count of 0 migrations") {
  const Counter counter = count("cpu-migrations", [](std::uint64_t) {});
  if (counter.per_op) {
    CHECK(*counter.per_op == 0.0);
    CHECK(counter.enabled_ns > 0);
  } else {
    CHECK_FALSE(counter.reason.empty());
  }
}
