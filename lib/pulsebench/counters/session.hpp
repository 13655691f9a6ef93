#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "pulsebench/counters/group.hpp"
#include "pulsebench/counters/perf_sys.hpp"
#include "pulsebench/vocabulary/counts.hpp"

namespace pulsebench::counters {

/// Events of the calling thread, opened once: in as few groups as the machine has counters for.
/// "Present" is decided by opening: libpfm can encode what the kernel cannot count.
class Session {
 public:
  Session(PerfSys& system, const std::vector<std::string>& names);

  /// How often each event happens in one operation: the slope between `run(operations)` and
  /// `run(2 * operations)`, which leaves out what a batch costs by itself. The groups take turns,
  /// each with both batches to itself, so that nothing is multiplexed by us; a group that never
  /// gets its counters is taken apart. In the order of the names; what has no value says why.
  [[nodiscard]] std::vector<Counter> per_operation(const std::function<void(std::uint64_t)>& run,
                                                   std::uint64_t operations);

 private:
  /// Where an event ended up: in a group, with getrusage, or absent with its reason in `result_`.
  struct Place {
    std::size_t index;  ///< into `result_`
    perf_event_attr event;
  };
  struct Turn {
    Group group;
    std::vector<Place> places;
  };

  void open(std::size_t index, std::vector<Turn>& open_groups);
  [[nodiscard]] int join(const Place& place, std::vector<Turn>& open_groups);
  /// False where the group never had its counters.
  [[nodiscard]] bool take(Turn& turn, const std::function<void(std::uint64_t)>& run,
                          std::uint64_t operations);
  void take_apart(const Turn& turn);
  void take_usage(const std::function<void(std::uint64_t)>& run, std::uint64_t operations);

  PerfSys& system_;
  bool counts_cycles_;
  std::vector<Counter> result_;
  std::deque<Turn> turns_;
  std::vector<Place> usage_;
};

}  // namespace pulsebench::counters
