#include "pulsebench/wire/rates.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace pulsebench::wire;
using doctest::Approx;

namespace {

/// 2 us of wall time and 3 us of CPU time, of two threads together.
RatedRun run_of(const char* name, const char* version) {
  return {.name = name,
          .real_per_op = 2e-6,
          .cpu_per_op = 3e-6,
          .threads = 2,
          .library_version = version};
}

}  // namespace

// By hand: 6 bytes in 3 us are 2e6 a second.
TEST_CASE("a rate is of CPU time, and of wall time where the benchmark was registered so") {
  CHECK(*amount_per_op(2e6, run_of("a/threads:2", "")) == Approx(6.0));
  CHECK(*amount_per_op(2e6, run_of("a/process_time/threads:2", "")) == Approx(6.0));
  CHECK(*amount_per_op(2e6, run_of("a/real_time/threads:2", "")) == Approx(4.0));
  CHECK(*amount_per_op(2e6, run_of("a/manual_time/threads:2", "")) == Approx(4.0));
  CHECK(*amount_per_op(2e6, run_of("a/real_times", "")) == Approx(6.0));
}

// Commit 3e7dac66 of Google Benchmark, which v1.9.5 is the first to have.
TEST_CASE("from 1.9.5 on a rate is of a thread's share of the time") {
  for (const char* before :
       {"", "unknown", "1.7.1", "v1.8.4", "v1.9.0", "1.9.4", "v1.9.4-3-gabc"}) {
    CAPTURE(before);
    CHECK(*amount_per_op(2e6, run_of("a/threads:2", before)) == Approx(6.0));
  }
  for (const char* after : {"v1.9.5", "1.9.10", "1.10.0-12-gabc", "2.0"}) {
    CAPTURE(after);
    CHECK(*amount_per_op(2e6, run_of("a/threads:2", after)) == Approx(3.0));
  }
}

// Versions before 1.9.0 divide the wall time by the threads (pull request 1836).
TEST_CASE("a wall time is what one of the threads sees, whatever the version reports") {
  CHECK(wall_per_op(run_of("a/threads:2", "")) == Approx(4e-6));
  CHECK(wall_per_op(run_of("a/threads:2", "v1.8.5")) == Approx(4e-6));
  CHECK(wall_per_op(run_of("a/threads:2", "v1.9.0")) == Approx(2e-6));
  CHECK(wall_per_op(run_of("a/threads:2", "1.10")) == Approx(2e-6));
}

TEST_CASE("a rate that is no measurement is none") {
  const RatedRun run = run_of("a", "");
  CHECK_FALSE(amount_per_op(0.0, run));
  CHECK_FALSE(amount_per_op(-1.0, run));
  CHECK_FALSE(amount_per_op(std::numeric_limits<double>::infinity(), run));
  CHECK_FALSE(amount_per_op(std::numeric_limits<double>::quiet_NaN(), run));
  CHECK_FALSE(amount_per_op(1e300, run));
}
