#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/processed.hpp"

/// The registered benchmarks of this program, through Google Benchmark's public interface.
namespace pulsebench::harness {

/// One repetition as Google Benchmark timed it.
struct Repetition {
  double real_seconds = 0.0;
  double cpu_seconds = 0.0;
  std::uint64_t iterations = 0;
  Processed processed = {};  ///< by an operation
  std::string label = {};
};

/// One run of one benchmark.
struct RunReport {
  bool matched = false;  ///< whether the program has the benchmark
  std::string skipped;   ///< the message of SkipWithError; empty where it was not called
  std::string thrown;    ///< what the benchmark threw; empty where it threw nothing
  std::vector<Repetition> repetitions;
};

/// Its label as it can be sent and shown: the beginning of one that is very long.
[[nodiscard]] std::string label_of(const Repetition& repetition);

/// Names in declaration order, as Google Benchmark prints them.
[[nodiscard]] std::vector<std::string> registered_names();

/// Runs the benchmark with that id, `repetitions` times at least `min_seconds`.
[[nodiscard]] RunReport run_benchmark(const std::string& id, double min_seconds, int repetitions);

}  // namespace pulsebench::harness
