#include "pulsebench/harness/plain_loop.hpp"

#include <algorithm>
#include <vector>

#include "pulsebench/counters/not_counted.hpp"
#include "pulsebench/harness/calibrate.hpp"
#include "pulsebench/harness/controls.hpp"
#include "pulsebench/harness/google_benchmark.hpp"
#include "pulsebench/harness/host_load.hpp"

namespace pulsebench::harness {
namespace {

constexpr int kCalibrationRepetitions = 5;
constexpr double kNoSlowerThanEmpty = 1.1;
constexpr double kSliceSeconds = 200e-6;

double ns_per_op(double seconds, const Repetition& repetition) {
  return seconds * 1e9 / static_cast<double>(std::max<std::uint64_t>(repetition.iterations, 1));
}

wire::Failed failed(const std::string& id, const char* reason) {
  return {.id = id, .status = Status::failed, .reason = reason};
}

constexpr const char* kLoopIsNotOurs = "counted only where one thread runs pulsebench::measure";
constexpr const char* kNoRepetitions =
    "Google Benchmark reported no repetition; take ReportAggregatesOnly off";

}  // namespace

wire::Event measure_plain_loop(const wire::Calibrate& ask) {
  const double slice_seconds = static_cast<double>(ask.slice_ns) / 1e9;
  const RunReport report = run_benchmark(ask.id, slice_seconds, kCalibrationRepetitions);
  if (report.repetitions.empty()) return failed(ask.id, kNoRepetitions);
  std::vector<double> costs;
  for (const Repetition& repetition : report.repetitions) {
    costs.push_back(ns_per_op(repetition.real_seconds, repetition));
  }
  std::sort(costs.begin(), costs.end());
  const double cost = costs[costs.size() / 4];
  const double empty_ns = turn_ns(TickClock{}, ask.slice_ns, empty_loop);
  const std::uint64_t iterations = std::max<std::uint64_t>(report.repetitions[0].iterations, 1);
  const double slice_ns = std::max(cost * static_cast<double>(iterations), 1.0);
  const int fitting = static_cast<int>(std::min(static_cast<double>(ask.visit_ns) / slice_ns, 1e6));
  return wire::Calibrated{
      .id = ask.id,
      .batching = {.operations = iterations,
                   .slices = std::clamp(fitting, ask.min_slices, ask.max_slices)},
      .ns_per_op = cost,
      .empty_loop_ns_per_op = empty_ns,
      .measured_nothing = cost <= kNoSlowerThanEmpty * empty_ns};
}

wire::Event measure_plain_loop(const wire::TakeVisit& ask) {
  if (ask.inject_percent > 0.0) {
    return failed(ask.id,
                  "work can be injected only where the benchmark calls pulsebench::measure");
  }
  const TickClock clock;
  const HostLoad before = read_host_load();
  const std::uint64_t begin = monotonic_ns();
  const RunReport report = run_benchmark(ask.id, kSliceSeconds, ask.batching.slices);
  if (report.repetitions.empty()) return failed(ask.id, kNoRepetitions);
  wire::Visited visited{.id = ask.id, .visit = {}};
  visited.visit.operations = std::max<std::uint64_t>(report.repetitions[0].iterations, 1);
  visited.visit.seconds = static_cast<double>(monotonic_ns() - begin) / 1e9;
  visited.visit.disturbances = causes(before, read_host_load(), visited.visit.seconds);
  for (const Repetition& repetition : report.repetitions) {
    visited.visit.slices.push_back(
        {.ns_per_op = ns_per_op(repetition.real_seconds, repetition),
         .cpu_ns_per_op = std::max(ns_per_op(repetition.cpu_seconds, repetition), 0.0),
         .disturbances = 0});
  }
  visited.visit.reference_ns = reference_ns(clock);
  visited.visit.processed = report.repetitions.front().processed;
  visited.visit.label = label_of(report.repetitions.front());
  visited.visit.counters = counters::not_counted(ask.counters, kLoopIsNotOurs);
  return visited;
}

wire::Event measure_plain_loop(const wire::CountExactly& ask) {
  return failed(ask.id, kLoopIsNotOurs);
}

wire::Event measure_plain_loop(const wire::CountAllocations& ask) {
  return failed(ask.id, kLoopIsNotOurs);
}

wire::Event measure_plain_loop(const wire::RecordHeap& ask) {
  return failed(ask.id, kLoopIsNotOurs);
}

wire::Event measure_plain_loop(const wire::TakeProfile& ask) {
  return failed(ask.id, "sampled only where one thread runs pulsebench::measure");
}

}  // namespace pulsebench::harness
