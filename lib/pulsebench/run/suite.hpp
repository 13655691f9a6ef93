#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/run/workload.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::run {

/// Way to control a benchmark program.
enum class Driver {
  wire,     ///< a suite: visits over the wire
  foreign,  ///< any Google Benchmark program: its own repetitions
  catch2,   ///< a program of another framework, as are the next ones: see `framework.hpp`
  nanobench,
  criterion,
  report  ///< a workload: metrics that the program, or a meter around it, reports
};

/// How a program is started, beside what its driver adds.
struct ProgramOptions {
  std::vector<std::string> arguments = {};       ///< before those of the driver
  std::vector<std::string> environment = {};     ///< "NAME=value", beside the few that are passed
  std::filesystem::path working_directory = {};  ///< absolute; empty: that of the orchestrator
  std::optional<std::chrono::milliseconds> limit = {};  ///< of a launch; otherwise the sampling's

  bool operator==(const ProgramOptions&) const = default;
};

/// A program to measure.
struct Program {
  std::filesystem::path executable;
  ProgramOptions options = {};
  std::optional<Tier> tier = {};  ///< of its benchmarks that declare none
};

/// A suite executable and its benchmarks.
struct Suite {
  std::filesystem::path executable;
  ProgramOptions options = {};
  Driver driver = Driver::wire;
  std::string name;
  NamedFacts build;
  std::vector<BenchmarkInfo> benchmarks;
  std::vector<std::string> native_names;  ///< by which the program knows each; empty: by their ids
  bool exits_with_count = false;          ///< of a foreign program: see `ForeignList`
  std::shared_ptr<const Workload> workload = {};  ///< of the driver `report`; its metrics are the
                                                  ///< native names
};

struct ProcessSpec;

/// Has the process started as the project asks.
void take_options(const ProgramOptions& options, ProcessSpec& spec);

/// Executables in `folder`, sorted by name. Empty if the folder does not exist.
[[nodiscard]] std::vector<std::filesystem::path> executables_in(
    const std::filesystem::path& folder);

/// Starts the suite and lists its benchmarks; a program without the wire protocol is tried as a
/// Google Benchmark program, then as one of another framework. `child_failed`, with the
/// executable's name, if it cannot be started, is none of these, or lists the same benchmark twice.
[[nodiscard]] Result<Suite> open_suite(const Program& program, std::chrono::milliseconds limit);

/// Opens all suites. An id is unique in a result: where two foreign programs list the same
/// benchmark, its id begins with the name of its program. Fails if two suites list the same one.
[[nodiscard]] Result<std::vector<Suite>> open_suites(const std::vector<Program>& programs,
                                                     std::chrono::milliseconds limit);

}  // namespace pulsebench::run
