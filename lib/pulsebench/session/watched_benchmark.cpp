#include "pulsebench/session/watched_benchmark.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::session {
namespace {

constexpr std::uint64_t kMostWatched = 2'000;  ///< an even number
constexpr double kNativeNs = 50e6;  ///< of all operations; the tools are up to 100 times slower

Failure did_not_run_watched(const std::string& id, const std::string& reason) {
  return fail(ErrorCode::child_failed, printable(id) + ": " + printable(reason, 400));
}

}  // namespace

Result<std::filesystem::path> find_tool(const std::string& program, const std::string& remedy) {
  std::filesystem::path found = os::find_program(program);
  if (!found.empty()) return found;
  return fail(ErrorCode::not_found, program + " is not installed; " + remedy);
}

WatchedBenchmark::WatchedBenchmark(const Session& session, OneBenchmark benchmark)
    : benchmark_(std::move(benchmark)),
      launcher_(plan::Occasion::launch, session.workspace.config.sampling, run::Cpus{},
                tune::ProcessSettings{}, interrupt_) {}

Result<std::uint64_t> WatchedBenchmark::choose_operations() {
  if (!is_suite()) return std::uint64_t{0};
  const auto calibration = launcher_.calibrate(benchmark_.source, id());
  if (!calibration) return did_not_run_watched(id(), calibration.error().reason);
  const double fit = std::clamp(kNativeNs / calibration->ns_per_op(), 2.0, double{kMostWatched});
  return static_cast<std::uint64_t>(fit) / 2 * 2;
}

Result<void> WatchedBenchmark::run(const run::Wrapper& wrapper, std::uint64_t operations) {
  if (!is_suite()) return run_foreign(wrapper);
  const wire::RecordHeap ask{.id = id(), .operations = operations, .most_bytes = 4096, .file = ""};
  const auto answer = launcher_.count(benchmark_.source, ask, wrapper);
  if (!answer) return did_not_run_watched(id(), answer.error().reason);
  return {};
}

Result<void> WatchedBenchmark::run_foreign(const run::Wrapper& wrapper) {
  const run::Source& source = benchmark_.source;
  if (source.driver != run::Driver::foreign) {
    return did_not_run_watched(id(),
                               "only suites and Google Benchmark programs run under other tools");
  }
  os::Command command{.argv = {wrapper.program.string()},
                      .environment = source.options.environment,
                      .limit = std::chrono::minutes{5},
                      .folder = source.options.working_directory,
                      .interrupt = interrupt_.descriptor()};
  auto& argv = command.argv;
  argv.insert(argv.end(), wrapper.arguments.begin(), wrapper.arguments.end());
  argv.push_back(source.executable.string());
  argv.insert(argv.end(), source.options.arguments.begin(), source.options.arguments.end());
  argv.push_back("--benchmark_filter=" + wire::filter_for(source.native_name));
  argv.emplace_back("--benchmark_min_time=0.01");
  PB_TRY(const auto ran, os::run_process(command));
  const bool counts = source.exits_with_count && ran.exit_code <= 2;
  if (ran.exit_code == 0 || counts) return {};
  return did_not_run_watched(
      id(), fmt::format("under {} it exited with code {}: {}", wrapper.program.filename().string(),
                        ran.exit_code, ran.errors));
}

}  // namespace pulsebench::session
