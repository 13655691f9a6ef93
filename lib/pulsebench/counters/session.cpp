#include "pulsebench/counters/session.hpp"

#include <sys/resource.h>

#include <cerrno>
#include <ctime>
#include <optional>
#include <utility>

#include "pulsebench/counters/absence.hpp"
#include "pulsebench/counters/encode.hpp"
#include "pulsebench/counters/events.hpp"

namespace pulsebench::counters {
namespace {

bool opens_cycles(PerfSys& system) {
  perf_event_attr cycles{};
  cycles.size = sizeof cycles;
  cycles.type = PERF_TYPE_HARDWARE;
  cycles.config = PERF_COUNT_HW_CPU_CYCLES;
  cycles.exclude_kernel = 1;
  cycles.exclude_hv = 1;
  Group alone{system};
  return alone.add(cycles) == 0;
}

/// Value of a software event so far, from `getrusage(RUSAGE_THREAD)` and the thread's CPU clock:
/// used if perf events are forbidden. Absent for other events.
std::optional<double> usage_of(const perf_event_attr& event) {
  if (!is_software(event)) return std::nullopt;
  rusage usage{};
  if (getrusage(RUSAGE_THREAD, &usage) != 0) return std::nullopt;
  switch (event.config) {
    case PERF_COUNT_SW_CONTEXT_SWITCHES:
      return static_cast<double>(usage.ru_nvcsw + usage.ru_nivcsw);
    case PERF_COUNT_SW_PAGE_FAULTS:
      return static_cast<double>(usage.ru_minflt + usage.ru_majflt);
    case PERF_COUNT_SW_PAGE_FAULTS_MIN:
      return static_cast<double>(usage.ru_minflt);
    case PERF_COUNT_SW_PAGE_FAULTS_MAJ:
      return static_cast<double>(usage.ru_majflt);
    case PERF_COUNT_SW_TASK_CLOCK: {
      timespec now{};
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
      return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
    }
    default:
      return std::nullopt;
  }
}

bool does_not_fit(int error) { return error == EINVAL || error == ENOSPC; }

}  // namespace

Session::Session(PerfSys& system, const std::vector<std::string>& names)
    : system_(system), counts_cycles_(opens_cycles(system)) {
  std::vector<Turn> open_groups;
  for (const std::string& name : names) {
    result_.push_back({.name = name, .per_op = std::nullopt});
    open(result_.size() - 1, open_groups);
  }
  for (Turn& turn : open_groups) turns_.push_back(std::move(turn));
}

void Session::open(std::size_t index, std::vector<Turn>& open_groups) {
  Counter& counter = result_[index];
  for (const std::string& spelling : spellings_of(counter.name)) {
    const auto event = encode(spelling);
    if (!event) {
      if (counter.reason.empty()) counter.reason = event.error().message;
      continue;
    }
    const Place place{index, *event};
    const int error = join(place, open_groups);
    if (error == 0) {
      counter.reason.clear();
      return;
    }
    if (usage_of(*event)) {
      usage_.push_back(place);
      counter.reason.clear();
      counter.source = "getrusage";
      return;
    }
    // The kernel's reason is more useful than libpfm's.
    counter.reason = why_refused(error, *event, system_, counts_cycles_);
  }
}

/// Adds the event to the last group of its kind, or to a new one if that is full.
int Session::join(const Place& place, std::vector<Turn>& open_groups) {
  const bool software = is_software(place.event);
  for (Turn& turn : open_groups) {
    if (is_software(turn.places.front().event) != software) continue;
    const int error = turn.group.add(place.event);
    if (error == 0) turn.places.push_back(place);
    if (!does_not_fit(error)) return error;
  }
  Turn alone{.group = Group{system_}, .places = {place}};
  const int error = alone.group.add(place.event);
  if (error == 0) open_groups.push_back(std::move(alone));
  return error;
}

std::vector<Counter> Session::per_operation(const std::function<void(std::uint64_t)>& run,
                                            std::uint64_t operations) {
  while (!turns_.empty()) {
    Turn turn = std::move(turns_.front());
    turns_.pop_front();
    if (!take(turn, run, operations) && turn.places.size() > 1) split(turn);
  }
  if (!usage_.empty()) take_usage(run, operations);
  return result_;
}

bool Session::take(Turn& turn, const std::function<void(std::uint64_t)>& run,
                   std::uint64_t operations) {
  turn.group.enable();
  // A rehearsal keeps effects of a first call, such as page faults, out of the slope.
  run(1);
  [[maybe_unused]] const auto rehearsed = turn.group.read();
  const auto before = turn.group.read();
  run(operations);
  const auto between = turn.group.read();
  run(2 * operations);
  const auto after = turn.group.read();
  turn.group.disable();
  bool ran = true;
  for (std::size_t i = 0; i < turn.places.size(); ++i) {
    Counter& counter = result_[turn.places[i].index];
    const bool read = before && between && after;
    const auto once = read ? counted(*before, *between, i) : std::nullopt;
    const auto twice = read ? counted(*between, *after, i) : std::nullopt;
    if (!once || !twice) {
      counter.reason = why_never_ran();
      ran = false;
      continue;
    }
    counter.per_op = (*twice - *once) / static_cast<double>(operations);
    counter.enabled_ns = after->enabled_ns - before->enabled_ns;
    counter.running_ns = after->running_ns - before->running_ns;
    counter.reason.clear();
  }
  return ran;
}

/// Gives each event of the turn its own turn.
void Session::split(const Turn& turn) {
  for (const Place& place : turn.places) {
    Turn alone{.group = Group{system_}, .places = {place}};
    if (alone.group.add(place.event) == 0) turns_.push_back(std::move(alone));
  }
}

void Session::take_usage(const std::function<void(std::uint64_t)>& run, std::uint64_t operations) {
  const auto readings = [&] {
    std::vector<double> all;
    for (const Place& place : usage_) all.push_back(usage_of(place.event).value_or(0.0));
    return all;
  };
  const auto before = readings();
  run(operations);
  const auto between = readings();
  run(2 * operations);
  const auto after = readings();
  for (std::size_t i = 0; i < usage_.size(); ++i) {
    result_[usage_[i].index].per_op =
        (after[i] - between[i] - (between[i] - before[i])) / static_cast<double>(operations);
  }
}

}  // namespace pulsebench::counters
