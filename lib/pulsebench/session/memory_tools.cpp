#include "pulsebench/session/memory_tools.hpp"

#include <chrono>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/profile/dhat.hpp"
#include "pulsebench/profile/heaptrack.hpp"
#include "pulsebench/profile/massif.hpp"
#include "pulsebench/profile/memcheck_xml.hpp"
#include "pulsebench/session/watched_benchmark.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

namespace fs = std::filesystem;
using profile::MemoryTool;
using profile::ToolFinding;
using profile::ToolReport;

constexpr int kToolSlowdown = 10;  ///< of a time limit
constexpr std::size_t kLargestOutput = 256U << 20U;

/// The tool in front of a program. It writes `output`.
Result<run::Wrapper> wrapper_of(MemoryTool tool, const fs::path& output) {
  if (tool == MemoryTool::heaptrack) {
    PB_TRY(auto program, find_tool("heaptrack", "install it: sudo apt-get install heaptrack"));
    return run::Wrapper{.program = std::move(program),
                        .arguments = {"-o", output.string()},
                        .slowdown = kToolSlowdown};
  }
  PB_TRY(auto program, find_tool("valgrind", "install it: sudo apt-get install valgrind"));
  run::Wrapper wrapper{.program = std::move(program),
                       .arguments = {"--command-line-only=yes", "-q", "--fullpath-after="},
                       .slowdown = kToolSlowdown};
  const auto add = [&](std::initializer_list<std::string> arguments) {
    wrapper.arguments.insert(wrapper.arguments.end(), arguments);
  };
  switch (tool) {
    case MemoryTool::massif:
      add({"--tool=massif", "--massif-out-file=" + output.string()});
      break;
    case MemoryTool::dhat:
      add({"--tool=dhat", "--dhat-out-file=" + output.string()});
      break;
    default:
      add({"--leak-check=full", "--xml=yes", "--xml-file=" + output.string()});
      break;
  }
  return wrapper;
}

/// One benchmark under one tool, in one process after the other.
class ToolRuns {
 public:
  ToolRuns(WatchedBenchmark& benchmark, MemoryTool tool, fs::path folder)
      : benchmark_(benchmark), tool_(tool), folder_(std::move(folder)) {}

  [[nodiscard]] bool is_suite() const { return benchmark_.is_suite(); }

  /// What the tool wrote of a process with so many operations; of heaptrack, the begin of the
  /// file's name.
  Result<std::string> run(std::uint64_t operations) {
    const fs::path output = folder_ / fmt::format("out{}", ++runs_);
    PB_TRY(const auto wrapper, wrapper_of(tool_, output));
    PB_CHECK(benchmark_.run(wrapper, operations));
    return tool_ == MemoryTool::heaptrack ? output.string()
                                          : os::read_file(output, 0, kLargestOutput);
  }

 private:
  WatchedBenchmark& benchmark_;
  MemoryTool tool_;
  fs::path folder_;
  int runs_ = 0;
};

/// What heaptrack_print says of the file that begins with `output`, whose end is its compression's.
Result<std::vector<ToolFinding>> print_heaptrack(const std::string& output, const char* cost,
                                                 profile::HeaptrackCost kind) {
  PB_TRY(const auto printer,
         find_tool("heaptrack_print", "install it: sudo apt-get install heaptrack"));
  std::string recorded;
  for (const char* suffix : {".zst", ".gz"}) {
    std::error_code ignored;
    if (fs::exists(output + suffix, ignored)) recorded = output + suffix;
  }
  if (recorded.empty()) return fail(ErrorCode::child_failed, "heaptrack wrote no file");
  const std::string folded = output + "." + cost;
  PB_TRY(const auto printed, os::run_process({.argv = {printer.string(), "-f", recorded, "-F",
                                                       folded, "--flamegraph-cost-type", cost},
                                              .limit = std::chrono::minutes{2},
                                              .log = output + ".log"}));
  if (printed.exit_code != 0) return fail(ErrorCode::child_failed, "heaptrack_print failed");
  PB_TRY(const auto& text, os::read_file(folded, 0, kLargestOutput));
  return profile::read_heaptrack(text, kind);
}

Result<void> read_heaptrack_run(const std::string& output, ToolReport& report) {
  PB_TRY(auto leaked, print_heaptrack(output, "leaked", profile::HeaptrackCost::leaked));
  for (ToolFinding& finding : leaked) finding.kind = "left";
  PB_TRY(auto allocations,
         print_heaptrack(output, "allocations", profile::HeaptrackCost::allocations));
  report.findings = std::move(leaked);
  report.findings.insert(report.findings.end(), allocations.begin(), allocations.end());
  return {};
}

Result<void> read_dhat_runs(ToolRuns& runs, std::uint64_t operations, ToolReport& report) {
  if (!runs.is_suite()) {
    PB_TRY(const auto& text, runs.run(0));
    PB_TRY(const auto points, profile::read_dhat(text));
    report.findings = profile::dhat_slopes({}, points, 1.0);
    return {};
  }
  PB_TRY(const auto& few_text, runs.run(operations / 2));
  PB_TRY(const auto& more_text, runs.run(operations));
  PB_TRY(const auto few, profile::read_dhat(few_text));
  PB_TRY(const auto more, profile::read_dhat(more_text));
  const std::uint64_t counted = operations - operations / 2;
  report.operations = static_cast<double>(counted);
  report.findings = profile::dhat_slopes(few, more, report.operations);
  return {};
}

Result<void> read_tool(ToolRuns& runs, std::uint64_t operations, ToolReport& report) {
  if (report.tool == MemoryTool::dhat) return read_dhat_runs(runs, operations, report);
  PB_TRY(const auto& text, runs.run(operations));
  if (report.tool == MemoryTool::heaptrack) return read_heaptrack_run(text, report);
  if (report.tool == MemoryTool::memcheck) {
    PB_TRY(report.findings, profile::read_memcheck_xml(text));
    return {};
  }
  PB_TRY(auto massif, profile::read_massif(text));
  report.heap_bytes = std::move(massif.heap_bytes);
  report.peak_bytes = massif.peak_bytes;
  report.findings = std::move(massif.at_peak);
  return {};
}

}  // namespace

Result<ToolReport> profile_memory_with(const Session& session, const MemoryRequest& request,
                                       MemoryTool tool) {
  PB_CHECK(wrapper_of(tool, {}));  // before anything runs
  PB_TRY(auto found,
         find_one_benchmark(session, request.benchmark, request.executables, request.options));
  PB_TRY(const auto folder, os::TemporaryFolder::make());
  WatchedBenchmark benchmark{session, std::move(found)};
  ToolRuns runs{benchmark, tool, folder.path()};
  PB_TRY(const auto operations, benchmark.choose_operations());
  ToolReport report;
  report.benchmark = benchmark.id();
  report.tool = tool;
  PB_CHECK(read_tool(runs, operations, report));
  return report;
}

}  // namespace pulsebench::session
