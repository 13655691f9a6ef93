#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/units.hpp"

/// Lists and runs the registered benchmarks through Google Benchmark's public interface.
namespace pulsebench::harness {

/// One repetition as Google Benchmark timed it.
struct Repetition {
  double real_seconds = 0.0;
  double cpu_seconds = 0.0;
  std::uint64_t iterations = 0;
  Processed processed = {};  ///< per operation
  std::string label = {};
};

/// One run of one benchmark.
struct RunReport {
  bool matched = false;  ///< the program has the benchmark
  std::string skipped;   ///< message of SkipWithError; empty if not called
  std::string thrown;    ///< message of an exception; empty if none
  std::vector<Repetition> repetitions;
};

/// Label as sent and shown: printable, and cut if it is very long.
[[nodiscard]] std::string label_of(const Repetition& repetition);

/// Names in the order of declaration, as Google Benchmark prints them.
[[nodiscard]] std::vector<std::string> registered_names();

/// Runs the benchmark with that id, `repetitions` times at least `min_seconds`.
[[nodiscard]] RunReport run_benchmark(const std::string& id, double min_seconds, int repetitions);

}  // namespace pulsebench::harness
