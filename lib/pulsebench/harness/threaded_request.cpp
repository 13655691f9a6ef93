#include "pulsebench/harness/threaded_request.hpp"

#include <algorithm>
#include <thread>

#include "pulsebench/counters/not_counted.hpp"
#include "pulsebench/harness/calibrate.hpp"
#include "pulsebench/harness/controls.hpp"
#include "pulsebench/harness/turn_cpus.hpp"

namespace pulsebench::harness {
namespace {

constexpr std::uint64_t kChunksASlice = 4;
constexpr std::size_t kMarksBeside = 1'000;
constexpr std::uint64_t kControlWindowNs = 1'000'000;
/// A calibration takes a quarter of a visit, since a batch size may be 10 % off.
constexpr std::uint64_t kOfAVisit = 4;
constexpr std::uint64_t kShortestNs = 2'000'000;

int turns_of(int threads) {
  const int cpus = static_cast<int>(allowed_cpus().size());
  return (threads + cpus - 1) / cpus;
}

TeamTask order_for(const wire::Calibrate& ask, int threads) {
  const auto turns = static_cast<std::uint64_t>(turns_of(threads));
  return {.threads = threads,
          .warm_up_ns = ask.warm_up_ns,
          .window_ns = std::max(ask.visit_ns / kOfAVisit, kShortestNs) * turns,
          .marks = kMarksBeside};
}

TeamTask control_for(const wire::Calibrate& ask, int threads) {
  TeamTask order = order_for(ask, threads);
  order.window_ns = kControlWindowNs * static_cast<std::uint64_t>(turns_of(threads));
  order.unrolled = true;
  return order;
}

/// A log has room for the work of all threads: growing it would take time.
TeamTask order_for(const wire::TakeVisit& ask, int threads) {
  const auto slices = static_cast<std::uint64_t>(ask.batching.slices);
  const std::uint64_t all = slices * static_cast<std::uint64_t>(threads);
  return {.threads = threads,
          .warm_up_ns = ask.warm_up_ns,
          .chunk = std::max<std::uint64_t>(ask.batching.operations / kChunksASlice, 1),
          .quota = ask.batching.operations * all,
          .window_ns = ask.visit_ns * static_cast<std::uint64_t>(turns_of(threads)) * 5 / 4,
          .inject_percent = ask.inject_percent,
          .marks = all * (kChunksASlice + 1) + kMarksBeside};
}

Slice whole(const ThreadTeam& team, double ns_per_tick) {
  const auto slices = cut(team.logs(), team.window(), 1, ns_per_tick);
  return slices.empty() ? Slice{} : slices.front();
}

}  // namespace

ThreadedRequest::ThreadedRequest(const Task& task, int threads)
    : task_(task),
      threads_(threads),
      turns_(turns_of(threads)),
      began_ns_(monotonic_ns()),
      before_(read_host_load()),
      team_(clock_, std::visit([&](auto& ask) { return order_for(ask, threads); }, task)) {
  if (const auto* ask = std::get_if<wire::Calibrate>(&task)) {
    control_.emplace(clock_, control_for(*ask, threads));
  }
}

void ThreadedRequest::work(const Batch& batch, int index) {
  team_.work(batch, index);
  if (control_) {
    // Idle until all have returned. Otherwise a thread could wait without end for the others'
    // operations (a writer among readers).
    team_left_.fetch_add(1);
    while (team_left_.load() < threads_) std::this_thread::yield();
    control_->work(batch, index);
  }
  if (left_.fetch_add(1) + 1 == threads_) conclude();
}

void ThreadedRequest::conclude() {
  if (const auto* ask = std::get_if<wire::Calibrate>(&task_)) {
    calibrated_ = calibration(*ask);
  } else {
    visited_ = visit(std::get<wire::TakeVisit>(task_));
  }
}

wire::Calibrated ThreadedRequest::calibration(const wire::Calibrate& ask) const {
  const double ns_per_tick = clock_.ns_per_tick();
  const Slice plain = whole(team_, ns_per_tick);
  const Slice unrolled = whole(*control_, ns_per_tick);
  const double empty_ns = turn_ns(clock_, ask.slice_ns, empty_loop);
  wire::Calibrate own = ask;
  own.slice_ns *= static_cast<std::uint64_t>(turns_);
  own.visit_ns *= static_cast<std::uint64_t>(turns_);
  return {.id = ask.id,
          .batching = batching_for(plain.ns_per_op, own),
          .ns_per_op = plain.ns_per_op,
          .empty_loop_ns_per_op = empty_ns,
          // By CPU time, which other threads on the CPU do not change.
          .measured_nothing = looks_empty(plain.cpu_ns_per_op, unrolled.cpu_ns_per_op, empty_ns)};
}

wire::Visited ThreadedRequest::visit(const wire::TakeVisit& ask) const {
  wire::Visited visited{.id = ask.id, .visit = {}};
  visited.visit.operations = ask.batching.operations;
  visited.visit.slices =
      cut(team_.logs(), team_.window(), ask.batching.slices, clock_.ns_per_tick());
  visited.visit.thread_operations = shares(team_.logs(), team_.window());
  visited.visit.seconds = static_cast<double>(monotonic_ns() - began_ns_) / 1e9;
  // With more threads than CPUs some thread always waits.
  if (turns_ == 1)
    visited.visit.disturbances = causes(before_, read_host_load(), visited.visit.seconds);
  visited.visit.counters = counters::not_counted(ask.counters, "not counted for several threads");
  visited.visit.reference_ns = reference_ns(clock_);
  return visited;
}

}  // namespace pulsebench::harness
