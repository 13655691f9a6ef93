#pragma once

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <map>
#include <vector>

#include "pulsebench/counters/perf_sys.hpp"

namespace pulsebench::counters {

/// A machine whose number of counters the test sets. It counts the operations given to `work`.
class FakePerf final : public PerfSys {
 public:
  std::size_t counters = 8;   ///< events of a group that fit
  std::size_t scheduled = 8;  ///< events of a group that really get counters; more never run
  std::uint64_t share = 1;    ///< one in so many of the enabled time is counted
  int hardware_error = 0;     ///< for every hardware event
  int software_error = 0;     ///< for every software event
  bool vm = false;
  int level = 2;
  int groups_at_once = 0, most_at_once = 0;
  int open_now = 0;
  std::vector<perf_event_attr> opened;

  int open(const perf_event_attr& event, int leader) override {
    opened.push_back(event);
    const bool software = event.type == PERF_TYPE_SOFTWARE;
    if (const int error = software ? software_error : hardware_error; error != 0) return -error;
    if (leader >= 0 && groups_[leader].size() >= counters) return -EINVAL;
    const int descriptor = next_++;
    groups_[leader >= 0 ? leader : descriptor].push_back(event);
    ++open_now;
    return descriptor;
  }

  long read(int descriptor, void* into, std::size_t size) override {
    const auto& group = groups_.at(descriptor);
    const bool runs = group.size() <= scheduled;
    std::vector<std::uint64_t> words{group.size(), enabled_, runs ? enabled_ / share : 0};
    for (const perf_event_attr& event : group) {
      words.push_back(runs ? per_op(event) * operations_ / share : 0);
    }
    if (size < words.size() * 8) return -ENOSPC;
    std::memcpy(into, words.data(), words.size() * 8);
    return static_cast<long>(words.size() * 8);
  }

  int ioctl(int, unsigned long request) override {
    groups_at_once += request == PERF_EVENT_IOC_ENABLE ? 1 : -1;
    most_at_once = std::max(most_at_once, groups_at_once);
    return 0;
  }

  void close(int) override { --open_now; }
  [[nodiscard]] bool in_vm() const override { return vm; }
  [[nodiscard]] int paranoid() const override { return level; }

  /// Runs a batch: so many operations, and their time.
  void work(std::uint64_t operations) {
    operations_ += operations + 7;  // a batch has a fixed cost, which the slope removes
    enabled_ += 100 * (operations + 7);
  }

  /// Count of an event per operation, derived from the event's number.
  static std::uint64_t per_op(const perf_event_attr& event) { return 4 + 4 * (event.config & 7U); }

 private:
  int next_ = 3;
  std::uint64_t operations_ = 0, enabled_ = 0;
  std::map<int, std::vector<perf_event_attr>> groups_;
};

}  // namespace pulsebench::counters
