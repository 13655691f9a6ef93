#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/run/process.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/sample.hpp"

/// Programs of frameworks other than Google Benchmark. A launch runs the program to its end, and
/// reads what the framework itself writes for machines.
namespace pulsebench::run {

/// A benchmark that a program has.
struct NamedBenchmark {
  std::string id;
  std::string native_name;  ///< as the driver starts it
};

using Listed = tl::expected<std::optional<std::vector<NamedBenchmark>>, ProcessFailure>;

struct Framework {
  Driver driver;
  std::string_view name;  ///< as the facts of a build say it
  double launch_seconds;  ///< what a launch takes with a fast benchmark
  /// The program's benchmarks; none where it is of another framework.
  Listed (*list)(const ProcessSpec& spec);
  /// One launch of a benchmark.
  tl::expected<Visit, ProcessFailure> (*visit)(const ProcessSpec& spec,
                                               const std::string& native_name);
};

/// Every framework.
[[nodiscard]] std::span<const Framework> frameworks();

/// The framework that `driver` stands for; null for a suite or a Google Benchmark program.
[[nodiscard]] const Framework* framework_of(Driver driver);

using Opened = tl::expected<std::optional<Suite>, ProcessFailure>;

/// The program as one of the framework `driver`; empty where it is of another. Without `tier` its
/// benchmarks are in tier 0.
[[nodiscard]] Opened open_as(Driver driver, const ProcessSpec& spec, std::optional<Tier> tier);

/// Opens a program that neither knows the wire nor lists benchmarks as Google Benchmark does.
[[nodiscard]] Opened open_other_program(const ProcessSpec& spec, std::optional<Tier> tier);

/// Returns true where what a program listed for Google Benchmark is a report of nanobench, which it
/// prints whatever it is asked.
[[nodiscard]] bool is_nanobench_output(const std::vector<std::string>& lines);

/// A program that is started when it is measured: nothing of it runs before.
struct WaitingProgram {
  ProcessSpec spec;

  [[nodiscard]] tl::expected<void, ProcessFailure> move_to(const std::vector<int>& cpus) {
    spec.cpus = cpus;
    return {};
  }

  [[nodiscard]] Granted granted() const { return {}; }
};

}  // namespace pulsebench::run
