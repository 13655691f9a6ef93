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

/// Events of the calling thread, opened once, in as few groups as fit the machine's counters. An
/// event is present if it opens: libpfm can encode events that the kernel cannot count.
class Session {
 public:
  Session(PerfSys& system, const std::vector<std::string>& names);

  /// Counts each event per operation: the slope between `run(operations)` and `run(2 *
  /// operations)`, which removes the constant cost of a batch. The groups take turns, each with its
  /// own two batches, so that they are not multiplexed. A group that never gets its counters is
  /// split. The result has the order of the names; a missing value has a reason.
  [[nodiscard]] std::vector<Counter> per_operation(const std::function<void(std::uint64_t)>& run,
                                                   std::uint64_t operations);

 private:
  /// Position of an event in a group or with getrusage; absent events are only in `result_`.
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
  /// Returns false if the group never had its counters.
  [[nodiscard]] bool take(Turn& turn, const std::function<void(std::uint64_t)>& run,
                          std::uint64_t operations);
  void split(const Turn& turn);
  void take_usage(const std::function<void(std::uint64_t)>& run, std::uint64_t operations);

  PerfSys& system_;
  bool counts_cycles_;
  std::vector<Counter> result_;
  std::deque<Turn> turns_;
  std::vector<Place> usage_;
};

}  // namespace pulsebench::counters
