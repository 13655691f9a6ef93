#include "pulsebench/harness/thread_log.hpp"

#include <algorithm>
#include <cmath>

namespace pulsebench::harness {
namespace {

/// Operations of all threads at some time; between two of these the rate is constant.
struct Progress {
  std::uint64_t ticks;
  double done;
};

/// Progress at the window's ends and at every mark between them, ascending.
std::vector<Progress> progress_of(std::span<const ThreadLog> logs, const Window& window) {
  std::vector<std::uint64_t> times{window.begin, window.end};
  for (const ThreadLog& log : logs) {
    for (const Mark& mark : log.marks) {
      if (mark.ticks > window.begin && mark.ticks < window.end) times.push_back(mark.ticks);
    }
  }
  std::sort(times.begin(), times.end());
  std::vector<Progress> progress;
  for (const std::uint64_t time : times) {
    double done = 0.0;
    for (const ThreadLog& log : logs) done += done_by(log, time);
    progress.push_back({time, done});
  }
  return progress;
}

/// Time when all threads together had done so much. Precondition: it is reached in `progress`.
std::uint64_t time_of(double done, const std::vector<Progress>& progress) {
  const auto later = std::find_if(progress.begin() + 1, progress.end() - 1,
                                  [done](const Progress& point) { return point.done >= done; });
  const Progress& before = *(later - 1);
  const double step = later->done - before.done;
  const double part = step > 0.0 ? (done - before.done) / step : 1.0;
  const auto length = static_cast<double>(later->ticks - before.ticks);
  return before.ticks + static_cast<std::uint64_t>(std::min(part, 1.0) * length);
}

std::uint32_t disturbances_in(std::span<const ThreadLog> logs, const Window& slice) {
  std::uint32_t causes = 0;
  for (const ThreadLog& log : logs) {
    for (std::size_t i = 1; i < log.marks.size(); ++i) {
      const bool overlaps = log.marks[i - 1].ticks < slice.end && log.marks[i].ticks > slice.begin;
      if (overlaps) causes |= log.marks[i].disturbances;
    }
  }
  return causes;
}

double cpu_ns_per_op(std::span<const ThreadLog> logs) {
  double cpu_ns = 0.0;
  double operations = 0.0;
  for (const ThreadLog& log : logs) {
    cpu_ns += static_cast<double>(log.cpu_ns);
    operations += static_cast<double>(log.marks.back().operations);
  }
  return operations > 0.0 ? cpu_ns / operations : 0.0;
}

}  // namespace

double done_by(const ThreadLog& log, std::uint64_t ticks) {
  const auto later =
      std::upper_bound(log.marks.begin(), log.marks.end(), ticks,
                       [](std::uint64_t time, const Mark& mark) { return time < mark.ticks; });
  if (later == log.marks.begin()) return static_cast<double>(log.marks.front().operations);
  if (later == log.marks.end()) return static_cast<double>(log.marks.back().operations);
  const Mark& before = *(later - 1);
  const double part =
      static_cast<double>(ticks - before.ticks) / static_cast<double>(later->ticks - before.ticks);
  return static_cast<double>(before.operations) +
         part * static_cast<double>(later->operations - before.operations);
}

std::vector<Slice> cut(std::span<const ThreadLog> logs, const Window& window, int count,
                       double ns_per_tick) {
  const std::vector<Progress> progress = progress_of(logs, window);
  const double first = progress.front().done;
  const double work = (progress.back().done - first) / count;
  if (work <= 0.0) return {};
  const double cpu = cpu_ns_per_op(logs);
  std::vector<Slice> slices;
  Window slice{.begin = window.begin, .end = window.begin};
  for (int i = 1; i <= count; ++i) {
    slice.end = std::max(time_of(first + work * i, progress), slice.begin + 1);
    const double wall_ns = static_cast<double>(slice.end - slice.begin) * ns_per_tick;
    slices.push_back({.ns_per_op = wall_ns * static_cast<double>(logs.size()) / work,
                      .cpu_ns_per_op = cpu,
                      .disturbances = disturbances_in(logs, slice)});
    slice.begin = slice.end;
  }
  return slices;
}

std::vector<std::uint64_t> shares(std::span<const ThreadLog> logs, const Window& window) {
  std::vector<std::uint64_t> done;
  for (const ThreadLog& log : logs) {
    done.push_back(static_cast<std::uint64_t>(
        std::llround(done_by(log, window.end) - done_by(log, window.begin))));
  }
  return done;
}

}  // namespace pulsebench::harness
