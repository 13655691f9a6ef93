#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/counts.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// Results of other tools: read into ours, and written from ours.
namespace pulsebench::exchange {

inline constexpr std::size_t kMostBytes = 256U << 20U;    ///< of a file, and of a folder
inline constexpr std::size_t kMostBenchmarks = 100'000;   ///< of a report
inline constexpr std::size_t kMostSamples = 10'000'000;   ///< of a report
inline constexpr double kLeastNs = 1e-9, kMostNs = 1e18;  ///< of an operation; else no time

struct SourceFile {
  std::string path;  ///< as it was found; untrusted, for messages
  std::string text;
};

/// What is to be read: one file, or those of a folder.
struct Source {
  std::string name;               ///< as the user gave it
  std::vector<SourceFile> files;  ///< of a file: itself alone
  bool is_folder = false;
};

/// One benchmark as its tool reports it. Samples of one process are the slices of one visit, and a
/// visit stands for a process. Times are checked afterwards, by `document_of`.
struct ForeignBenchmark {
  std::string name;      ///< the tool's, of any bytes
  std::string key = {};  ///< what the id is made of; empty: the name
  Outcome outcome = {};
  int threads = 1;
  std::vector<Visit> visits = {};
  std::optional<baseline::Aggregate> aggregate = {};  ///< where there are no samples
  double aggregate_ns = 0.0;                          ///< the figure of `aggregate`
  std::vector<Counter> counters = {};
  std::optional<Allocations> allocations = {};
  std::string label = {};
};

/// What a file says.
struct ForeignReport {
  std::string tool_version = {};
  std::string date = {};  ///< of the measurement, as the file has it
  std::string host = {};
  Git git = {};
  NamedFacts facts = {};  ///< of the machine
  std::vector<ForeignBenchmark> benchmarks = {};
};

/// A visit whose slices take `ns` each. The tool has no CPU time: wall time stands in its place.
[[nodiscard]] Visit visit_of(const std::vector<double>& ns, std::uint64_t operations = 1);

}  // namespace pulsebench::exchange
