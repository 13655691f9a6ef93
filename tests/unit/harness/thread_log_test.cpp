#include "pulsebench/harness/thread_log.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace pulsebench;
using namespace pulsebench::harness;

namespace {

ThreadLog log_of(std::vector<Mark> marks, std::uint64_t cpu_ns = 0) {
  return {.marks = std::move(marks), .cpu_ns = cpu_ns};
}

}  // namespace

TEST_CASE("between two marks the rate of a thread is constant") {
  const ThreadLog log = log_of({{100, 10, 0}, {200, 30, 0}, {300, 30, 0}});
  CHECK(done_by(log, 50) == 10.0);
  CHECK(done_by(log, 100) == 10.0);
  CHECK(done_by(log, 150) == 20.0);
  CHECK(done_by(log, 250) == 30.0);
  CHECK(done_by(log, 900) == 30.0);
}

// By hand: 2 threads do 20 operations in the first 100 ticks of 0.5 ns and 60 in the second 100,
// together 80. The first 40 end at 100 + 100 * 20/60 ticks: 133 and 67 ticks for 40.
TEST_CASE("the cost of a slice is wall time times threads, divided by all operations") {
  const std::vector<ThreadLog> logs{log_of({{0, 0, 0}, {100, 10, 0}, {200, 60, 0}}, 120),
                                    log_of({{0, 0, 0}, {100, 10, 0}, {200, 20, 0}}, 60)};
  const auto slices = cut(logs, {.begin = 0, .end = 200}, 2, 0.5);
  REQUIRE(slices.size() == 2);
  CHECK(slices[0].ns_per_op == doctest::Approx(133 * 0.5 * 2 / 40));
  CHECK(slices[1].ns_per_op == doctest::Approx(67 * 0.5 * 2 / 40));
  CHECK(slices[0].cpu_ns_per_op == doctest::Approx(180.0 / 80.0));
  CHECK(shares(logs, {.begin = 0, .end = 200}) == std::vector<std::uint64_t>{60, 20});
}

TEST_CASE("a disturbance of one thread marks only the slices that overlap its chunk") {
  const std::vector<ThreadLog> logs{log_of({{0, 0, 0}, {100, 10, 0}, {200, 20, 4}, {400, 40, 0}}),
                                    log_of({{0, 0, 0}, {400, 40, 0}})};
  const auto slices = cut(logs, {.begin = 0, .end = 400}, 4, 1.0);
  REQUIRE(slices.size() == 4);
  CHECK(slices[0].disturbances == 0);
  CHECK(slices[1].disturbances == 4);
  CHECK(slices[2].disturbances == 0);
}

// By hand: 10 operations in 100 ticks, nothing for 700, 30 more in 300: the slice with the pause is
// 800 ticks long, and the others 100.
TEST_CASE("a time without progress is in one slice") {
  const std::vector<ThreadLog> logs{log_of({{0, 0, 0}, {100, 10, 0}, {800, 10, 0}, {1100, 40, 0}})};
  const auto slices = cut(logs, {.begin = 0, .end = 1100}, 4, 1.0);
  REQUIRE(slices.size() == 4);
  CHECK(slices[0].ns_per_op == doctest::Approx(10.0));
  CHECK(slices[1].ns_per_op == doctest::Approx(80.0));
  CHECK(slices[2].ns_per_op == doctest::Approx(10.0));
  CHECK(slices[3].ns_per_op == doctest::Approx(10.0));
}

TEST_CASE("threads without operations have no slices") {
  const std::vector<ThreadLog> logs{log_of({{0, 0, 0}, {100, 0, 0}})};
  CHECK(cut(logs, {.begin = 0, .end = 100}, 4, 1.0).empty());
}
