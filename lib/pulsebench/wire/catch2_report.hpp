#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::wire {

/// One benchmark in a report of Catch2.
struct Catch2Benchmark {
  std::vector<std::string> path;  ///< the test case, its sections, the benchmark
  double mean_ns = 0.0;           ///< of an operation
  std::uint64_t samples = 0;      ///< that the mean is of
  std::uint64_t operations = 0;   ///< in all samples together
  std::string failure = {};       ///< why there is no mean; empty: there is one
};

struct Catch2Report {
  std::string version;  ///< of Catch2; empty: version 2 does not say
  std::vector<Catch2Benchmark> benchmarks = {};
};

/// The benchmarks of what Catch2 2 or 3 writes with `--reporter xml`, in order. A benchmark that
/// was reached several times, as one outside the sections of its test case, is there as often.
/// `child_failed` where the text is not such a report from its beginning to its end: a crash cuts
/// it.
[[nodiscard]] Result<Catch2Report> decode_catch2(std::string_view xml);

}  // namespace pulsebench::wire
