#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/counters/perf_record.hpp"
#include "pulsebench/profile/recording.hpp"

namespace pulsebench::profile {

/// Samples of several processes, and what each of them executed when. Records may come in any order
/// of time: each CPU has a memory of its own.
class SampledProcesses {
 public:
  /// What a process executes that ran before.
  void set_modules(int process, ModuleMap modules);

  /// Copies the sample. Where the samples need more than 256 MiB, it is dropped.
  void add(const counters::StackSample& sample);
  void add(counters::ImageEvent event);

  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

  /// A recording for each program that a process executed while it was sampled.
  [[nodiscard]] std::vector<Recording> take_recordings();

 private:
  struct OfProcess {
    ModuleMap first = {};  ///< of a process that ran before
    std::vector<counters::ImageEvent> events = {};
    std::string samples = {};  ///< in the layout of `wire/sample_recording.hpp`
    std::vector<std::uint64_t> times = {};
    std::vector<std::size_t> ends = {};  ///< of each sample in `samples`
  };

  void sort_events();
  /// `most_parents` ends what two records of one process could make a circle.
  [[nodiscard]] ModuleMap modules_at(int process, std::uint64_t time_ns, int most_parents) const;
  void take(int process, OfProcess& of, std::vector<Recording>& recordings) const;

  std::map<int, OfProcess> processes_;
  std::size_t bytes_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace pulsebench::profile
