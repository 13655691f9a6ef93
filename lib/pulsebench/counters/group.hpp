#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pulsebench/counters/perf_sys.hpp"

namespace pulsebench::counters {

/// Events that are counted at the same time, all or none, on the calling thread.
class Group {
 public:
  /// What the counters stood at.
  struct Reading {
    std::uint64_t enabled_ns = 0;
    std::uint64_t running_ns = 0;
    std::vector<std::uint64_t> values;
  };

  explicit Group(PerfSys& system) : system_(&system) {}
  Group(Group&& other) noexcept;
  Group& operator=(Group&&) = delete;
  ~Group();

  /// Opens `event` as one more of the group, still and at zero. 0, or the errno: EINVAL or ENOSPC
  /// where the group would not fit the machine's counters any more.
  [[nodiscard]] int add(perf_event_attr event);

  [[nodiscard]] std::size_t size() const { return descriptors_.size(); }

  void enable() { system_->ioctl(descriptors_.front(), PERF_EVENT_IOC_ENABLE); }
  void disable() { system_->ioctl(descriptors_.front(), PERF_EVENT_IOC_DISABLE); }

  /// One system call. Nothing where the kernel gives no whole reading (an event in error state).
  [[nodiscard]] std::optional<Reading> read() const;

 private:
  PerfSys* system_;
  std::vector<int> descriptors_;  ///< the leader first
};

/// What event `i` counted between two readings, scaled by the *differences* of the time it was to
/// be counted and the time it was. Nothing where it was not counted at all: that is no zero.
[[nodiscard]] std::optional<double> counted(const Group::Reading& before,
                                            const Group::Reading& after, std::size_t i);

}  // namespace pulsebench::counters
