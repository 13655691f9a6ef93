#include "pulsebench/harness/recorder.hpp"

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "pulsebench/counters/count.hpp"
#include "pulsebench/harness/allocations.hpp"
#include "pulsebench/harness/calibrate.hpp"
#include "pulsebench/harness/controls.hpp"
#include "pulsebench/harness/exact.hpp"
#include "pulsebench/harness/host_load.hpp"
#include "pulsebench/harness/profile.hpp"
#include "pulsebench/harness/slice_watch.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::harness {
namespace {

/// Shorter than a slice, since a difference of a quarter decides.
constexpr std::uint64_t kEmptyLoopNs = 50'000;

void warm_up(std::uint64_t ns, std::uint64_t operations, const Batch& batch) {
  const std::uint64_t begin = monotonic_ns();
  while (monotonic_ns() - begin < ns) batch.run(batch.operation, operations);
}

struct TimedSlices {
  std::vector<std::uint64_t> ticks;       ///< of each slice, or reported by its operations
  std::vector<std::uint64_t> core_speed;  ///< core speed before, between and after them
};

/// Makes no system call between the first and the last slice, unless requested.
TimedSlices take_slices(const TickClock& clock, SliceWatch& watch, const wire::TakeVisit& ask,
                        const Batch& batch) {
  TimedSlices timed;
  timed.ticks.reserve(static_cast<std::size_t>(ask.batching.slices));
  timed.core_speed.reserve(static_cast<std::size_t>(ask.batching.slices) + 1);
  watch.begin_row();
  timed.core_speed.push_back(probe_core_speed(clock));
  for (int i = 0; i < ask.batching.slices; ++i) {
    const std::uint64_t times = ask.batching.operations +
                                injected_operations(i, ask.batching.operations, ask.inject_percent);
    const std::uint64_t reported = batch.reports_its_time ? batch.latencies->reported() : 0;
    watch.begin_slice();
    const std::uint64_t begin = clock.begin();
    batch.run(batch.operation, times);
    const std::uint64_t ticks = clock.end() - begin;
    watch.end_slice(ticks);
    timed.ticks.push_back(batch.reports_its_time ? batch.latencies->reported() - reported : ticks);
    timed.core_speed.push_back(probe_core_speed(clock));
  }
  watch.end_row();
  return timed;
}

/// The 25 % quantile of the slices, which represents a launch.
double quantile_25(const Visit& visit) {
  std::vector<double> costs;
  for (const Slice& slice : visit.slices) costs.push_back(slice.ns_per_op);
  const auto quarter = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 4);
  std::nth_element(costs.begin(), quarter, costs.end());
  return *quarter;
}

/// Counts after the last slice, so that counting does not change the slices. Injected work counts
/// as part of the requested operations, as in the timing.
std::vector<Counter> count(const wire::TakeVisit& ask, const Batch& batch) {
  if (ask.counters.empty()) return {};
  const auto run = [&](std::uint64_t times) {
    batch.run(batch.operation, with_injected(times, ask.inject_percent));
  };
  return counters::count_per_operation(ask.counters, run, ask.batching.operations);
}

}  // namespace

Recorder*& Recorder::active() {
  static Recorder* recorder = nullptr;
  return recorder;
}

Recorder::Recorder(Task task) : task_(std::move(task)) {
  std::visit(
      [this](const auto& ask) {
        if constexpr (std::is_constructible_v<ThreadedRequest, decltype(ask), int>) {
          const int threads = wire::threads_of(ask.id);
          if (threads > 1) threaded_.emplace(ask, threads);
        }
      },
      task_);
}

void Recorder::note_source(const Batch& batch) {
  const std::string_view file{batch.file};
  if (batch.line < 1 || batch.line > wire::kMaxSourceLine) return;
  if (file.empty() || file.size() > wire::kMaxSourceFile || !is_printable(file)) return;
  source_ = SourceLine{std::string{file}, batch.line};
}

void Recorder::record(const Batch& batch) {
  note_source(batch);
  if (const auto* ask = std::get_if<wire::Calibrate>(&task_)) {
    calibrated_ = calibrate(*ask, batch);
  } else if (const auto* exact = std::get_if<wire::CountExactly>(&task_)) {
    counted_ = count_exactly(*exact, batch);
  } else if (const auto* heap = std::get_if<wire::CountAllocations>(&task_)) {
    counted_ = count_allocations(*heap, batch);
  } else if (const auto* profile = std::get_if<wire::TakeProfile>(&task_)) {
    counted_ = take_profile(*profile, batch, clock_);
  } else if (const auto* recording = std::get_if<wire::RecordHeap>(&task_)) {
    heap_.emplace(*recording).record(batch);
  } else {
    visited_ = visit(std::get<wire::TakeVisit>(task_), batch);
  }
}

wire::Calibrated Recorder::calibrate(const wire::Calibrate& ask, const Batch& batch) const {
  const auto run = [&](std::uint64_t times) { batch.run(batch.operation, times); };
  warm_up(ask.warm_up_ns, 1, batch);
  const double ns_per_op = turn_ns(clock_, ask.slice_ns, run);
  const double empty_ns = turn_ns(clock_, kEmptyLoopNs, empty_loop);
  return {.id = ask.id,
          .batching = batching_for(ns_per_op, ask),
          .ns_per_op = ns_per_op,
          .empty_loop_ns_per_op = empty_ns,
          .measured_nothing = measures_nothing(clock_, batch, ns_per_op, empty_ns)};
}

wire::Visited Recorder::visit(const wire::TakeVisit& ask, const Batch& batch) const {
  const std::uint64_t begin = monotonic_ns();
  SliceWatch watch{clock_, static_cast<std::size_t>(ask.batching.slices), ask.watch_each_slice};
  warm_up(ask.warm_up_ns, ask.batching.operations, batch);
  const HostLoad before = read_host_load();
  const std::uint64_t first_slice = monotonic_ns();
  if (batch.latencies != nullptr) batch.latencies->clear();
  const auto timed = take_slices(clock_, watch, ask, batch);
  const std::uint64_t end = monotonic_ns();
  const HostLoad after = read_host_load();

  wire::Visited visited{.id = ask.id, .visit = {}};
  Visit& visit = visited.visit;
  visit.operations = ask.batching.operations;
  visit.seconds = static_cast<double>(end - begin) / 1e9;
  visit.disturbances = causes(before, after, static_cast<double>(end - first_slice) / 1e9);
  const double ns_per_tick = clock_.ns_per_tick();
  const auto operations = static_cast<double>(ask.batching.operations);
  const auto slow = slowed(timed.core_speed);
  const auto notes = watch.notes();
  for (std::size_t i = 0; i < timed.ticks.size(); ++i) {
    visit.slices.push_back(
        {.ns_per_op = static_cast<double>(timed.ticks[i]) * ns_per_tick / operations,
         .cpu_ns_per_op = notes[i].cpu_ns / operations,
         .disturbances = notes[i].disturbances | bit_of(Disturbance::slow_core, slow[i])});
  }
  if (batch.latencies != nullptr) visit.latencies = batch.latencies->latencies();
  visit.reference_ns = reference_ns(clock_);
  visit.empty_loop_ns = hidden_in_the_loop(clock_, quantile_25(visit), visit.reference_ns);
  visit.counters = count(ask, batch);
  return visited;
}

bool take_over(benchmark::State& state, const Batch& batch) {
  Recorder* const recorder = Recorder::active();
  if (recorder == nullptr) return false;
  // The loop begins and ends at a barrier, so all threads see the same `reached`.
  while (state.KeepRunningBatch(state.max_iterations)) {
    if (recorder->reached()) continue;
    if (recorder->has_several_threads()) {
      recorder->record_one_of_several(batch, state.thread_index());
    } else {
      recorder->record(batch);
    }
  }
  return true;
}

}  // namespace pulsebench::harness
