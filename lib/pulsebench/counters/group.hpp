#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pulsebench/counters/perf_sys.hpp"

namespace pulsebench::counters {

/// Events that are counted together on the calling thread: all or none.
class Group {
 public:
  /// Values of the counters at one moment.
  struct Reading {
    std::uint64_t enabled_ns = 0;
    std::uint64_t running_ns = 0;
    std::vector<std::uint64_t> values;
  };

  explicit Group(PerfSys& system) : system_(&system) {}
  Group(Group&& other) noexcept;
  Group& operator=(Group&&) = delete;
  ~Group();

  /// Adds `event` to the group, stopped and at zero. Returns 0 or the errno: EINVAL or ENOSPC if
  /// the group would not fit the machine's counters.
  [[nodiscard]] int add(perf_event_attr event);

  [[nodiscard]] std::size_t size() const { return descriptors_.size(); }

  void enable() { system_->ioctl(descriptors_.front(), PERF_EVENT_IOC_ENABLE); }
  void disable() { system_->ioctl(descriptors_.front(), PERF_EVENT_IOC_DISABLE); }

  /// Reads with one system call. Absent if the reading is not complete (an event in error state).
  [[nodiscard]] std::optional<Reading> read() const;

 private:
  PerfSys* system_;
  std::vector<int> descriptors_;  ///< the leader first
};

/// Count of event `i` between two readings, scaled by the ratio of the *differences* in enabled and
/// running time. Absent if it was never running, which is not zero.
[[nodiscard]] std::optional<double> counted(const Group::Reading& before,
                                            const Group::Reading& after, std::size_t i);

}  // namespace pulsebench::counters
