#include "pulsebench/run/foreign_pace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using namespace pulsebench;
using namespace pulsebench::run;

namespace {

/// Nanoseconds that `n` iterations take.
using CostOf = std::function<double(double n)>;

/// Behaves as Google Benchmark's benchmark_runner.cc: ten times the iterations, or 1.4 times what
/// the time asks for, until a run is long enough. `set_up` seconds pass before each run.
class Program {
 public:
  explicit Program(CostOf cost, double set_up = 0.0) : cost_(std::move(cost)), set_up_(set_up) {}

  tl::expected<Visit, ProcessFailure> operator()(int slices, double min_time) {
    Visit visit;
    double n = 1.0;
    for (;; visit.seconds += set_up_ + cost_(n) / 1e9) {
      const double share = cost_(n) / 1e9 / min_time;
      if (share >= 1.0) break;
      n = std::max(std::ceil(n * (share > 0.1 ? 1.4 / share : 10.0)), n + 1.0);
    }
    visit.operations = static_cast<std::uint64_t>(n);
    for (int i = 0; i < slices; ++i) {
      const double each = cost_(n) / n;
      visit.slices.push_back({.ns_per_op = each, .cpu_ns_per_op = each});
      visit.seconds += set_up_ + cost_(n) / 1e9;
    }
    asked_.push_back(min_time);
    total_ += visit.seconds;
    return visit;
  }

  [[nodiscard]] double total_seconds() const { return total_; }

 private:
  CostOf cost_;
  double set_up_;
  std::vector<double> asked_;
  double total_ = 0.0;
};

struct Found {
  tl::expected<Calibration, ProcessFailure> calibration;
  double seconds;  ///< that it took
};

Found calibrate(Program program, double least = 0.0) {
  auto calibration = calibrate_foreign(
      [&](int slices, double min_time) { return program(slices, min_time); }, least);
  return {std::move(calibration), program.total_seconds()};
}

CostOf constant(double ns) {
  return [ns](double n) { return ns * n; };
}

}  // namespace

TEST_CASE("an operation of constant cost has twelve short repetitions, and is calibrated quickly") {
  for (const double ns : {0.3, 25.0, 4'000.0}) {
    CAPTURE(ns);
    const auto [found, seconds] = calibrate(Program{constant(ns)});
    REQUIRE(found.has_value());
    CHECK(found->batching.slices == 12);
    CHECK(found->batching.min_time == 0.0003);
    CHECK(seconds < 0.04);  // one of 10 ms, which Google Benchmark's search makes up to 30
  }
}

TEST_CASE("a first iteration that waits for a scheduler tick is not what is measured") {
  // PEERS' case by hand: 4 ms until a new thread runs, 19 us for each iteration.
  const auto [found, seconds] = calibrate(Program{[](double n) { return 4e6 + 19e3 * n; }});
  REQUIRE(found.has_value());
  CHECK(found->batching.min_time >= 0.03);
  CHECK(found->batching.slices <= 3);
}

TEST_CASE("the other side begins with the repetitions that the first one needs") {
  const Program cold{[](double n) { return 4e5 + 1e5 * n; }};  // four more in the first iteration
  const auto [first, first_seconds] = calibrate(cold);
  REQUIRE(first.has_value());
  REQUIRE(first->batching.min_time > 0.0003);
  const auto [other, other_seconds] = calibrate(cold, first->batching.min_time);
  REQUIRE(other.has_value());
  CHECK(other->batching.min_time == first->batching.min_time);
  CHECK(other->batching.slices == first->batching.slices);
  CHECK(other_seconds < 0.75 * first_seconds);
}

TEST_CASE("a cost that comes every so many iterations is in each repetition") {
  // 20 ns, and 0.6 ms every 100,000 iterations (2 ms): 26 ns in the mean.
  Program program{[](double n) { return 20.0 * n + 6e5 * std::floor(n / 1e5); }};
  const auto [found, seconds] = calibrate(program);
  REQUIRE(found.has_value());
  const auto repetition = program(1, found->batching.min_time);
  CHECK(repetition->slices[0].ns_per_op == doctest::Approx(26.0).epsilon(0.05));
}

TEST_CASE("repetitions grow as far as the first iteration's cost needs, and not tenfold") {
  // 0.1 ms in the first iteration, 0.1 ms in each: ten times a tenth is 1 ms, and the first.
  const auto [found, seconds] = calibrate(Program{[](double n) { return 1e5 + 1e5 * n; }});
  REQUIRE(found.has_value());
  CHECK(found->batching.min_time == doctest::Approx(0.0011));
  CHECK(seconds < 0.2);  // three trials, which noise does not separate, and one of the new length
}

TEST_CASE("a cost that grows with the number of iterations has no figure") {
  const auto [found, seconds] =
      calibrate(Program{[](double n) { return 10.0 * n * std::sqrt(n); }});
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().status == Status::failed);
  CHECK(found.error().reason.starts_with("its cost depends on how many iterations run: "));
  CHECK(found.error().reason.ends_with("; fix their number with Iterations(N)"));
}

TEST_CASE("an iteration of two seconds runs once a launch, and once to calibrate") {
  const auto [found, seconds] = calibrate(Program{constant(2e9)});
  REQUIRE(found.has_value());
  CHECK(found->batching.slices == 1);
  CHECK(seconds == doctest::Approx(2.0));
  CHECK(found->visit_seconds == doctest::Approx(2.0));
}

TEST_CASE("an iteration of 30 ms is compared with several, and has few repetitions") {
  const auto [found, seconds] = calibrate(Program{constant(3e7)});
  REQUIRE(found.has_value());
  CHECK(found->batching.slices == 3);  // 0.1 s of 30 ms
  CHECK(found->batching.min_time == 0.0003);
  CHECK(seconds < 0.6);
}

TEST_CASE("a long set-up makes repetitions fewer") {
  const auto [cheap, ignored] = calibrate(Program{constant(100.0), 0.002});
  REQUIRE(cheap.has_value());
  CHECK(cheap->batching.min_time == doctest::Approx(0.002).epsilon(0.1));
  CHECK(cheap->batching.slices >= 4);
  CHECK(cheap->batching.slices < 6);
  const auto [dear, seconds] = calibrate(Program{constant(100.0), 1.0});
  REQUIRE(dear.has_value());
  CHECK(dear->batching.slices == 1);
  CHECK(seconds < 10.0);
}

TEST_CASE("noise in one trial lengthens nothing") {
  int takes = 0;
  Program program{constant(50.0)};
  const auto found = calibrate_foreign([&](int slices, double min_time) {
    auto visit = program(slices, min_time);
    if (++takes == 1) visit->slices[0].ns_per_op *= 1.5;
    return visit;
  });
  REQUIRE(found.has_value());
  CHECK(found->batching.min_time == 0.0003);
}

TEST_CASE("a cost in every fourth repetition lengthens nothing") {
  // 40 % more in repetitions 4, 8, ... of a process, the searching ones counted. A single long one
  // is always the eighth: 140 against a mean of 110; three of them have a mean of 113.
  const auto found = calibrate_foreign([&](int slices, double min_time) {
    const int searching = min_time < 0.001 ? 5 : 7;
    Visit visit;
    visit.operations = static_cast<std::uint64_t>(min_time / 1e-7);
    visit.seconds = 0.02;
    for (int i = searching; i < searching + slices; ++i) {
      const double each = i % 4 == 3 ? 140.0 : 100.0;
      visit.slices.push_back({.ns_per_op = each, .cpu_ns_per_op = each});
    }
    return tl::expected<Visit, ProcessFailure>{visit};
  });
  REQUIRE(found.has_value());
  CHECK(found->batching.min_time < 0.003);
}

TEST_CASE("a preempted slice counts by its CPU time") {
  Visit visit;
  visit.slices = {{.ns_per_op = 40.0, .cpu_ns_per_op = 20.0, .disturbances = 1}};
  CHECK(calibrated_cost(visit) == 20.0);
}

TEST_CASE("what the program says of itself ends the calibration") {
  const auto found = calibrate_foreign([](int, double) -> tl::expected<Visit, ProcessFailure> {
    return tl::unexpected{ProcessFailure{Status::skipped, "it skipped: no device"}};
  });
  REQUIRE_FALSE(found.has_value());
  CHECK(found.error().status == Status::skipped);
}
