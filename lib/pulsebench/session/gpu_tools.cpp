#include "pulsebench/session/gpu_tools.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/session/watched_benchmark.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using profile::GpuTool;
using profile::GpuToolReport;

constexpr int kGpuToolSlowdown = 30;  ///< of a time limit: ncu runs each kernel many times
constexpr const char* kRemedy = "NVIDIA's own packages have it, nsight-systems and nsight-compute";

/// A name that is one part of a path.
std::string file_name_of(std::string id) {
  std::replace_if(
      id.begin(), id.end(),
      [](char c) { return std::string_view{"/:*?\"<>|\\ "}.find(c) != std::string_view::npos; },
      '_');
  return id;
}

run::Wrapper gpu_wrapper(GpuTool tool, std::filesystem::path program,
                         const std::filesystem::path& output) {
  run::Wrapper wrapper{
      .program = std::move(program), .arguments = {}, .slowdown = kGpuToolSlowdown};
  if (tool == GpuTool::nsys) {
    wrapper.arguments = {"profile", "--force-overwrite=true", "--output=" + output.string()};
  } else {
    wrapper.arguments = {"--force-overwrite", "--export", output.string()};
  }
  return wrapper;
}

Result<std::vector<profile::GpuKernel>> kernels_in(const std::filesystem::path& nsys,
                                                   const std::filesystem::path& report) {
  PB_TRY(const auto printed,
         os::run_process({.argv = {nsys.string(), "stats", "--report", "cuda_gpu_kern_sum",
                                   "--format", "csv", report.string()},
                          .limit = std::chrono::minutes{2}}));
  if (printed.exit_code != 0) {
    return fail(ErrorCode::child_failed, "nsys stats cannot read " + report.string());
  }
  return profile::read_nsys_kernels(printed.text);
}

}  // namespace

Result<GpuToolReport> profile_gpu_with(const Session& session, const GpuRequest& request,
                                       GpuTool tool) {
  const std::string name{name_of(tool)};
  PB_TRY(const auto program, find_tool(name, kRemedy));
  PB_CHECK(check_own_folder(session));
  PB_TRY(auto found,
         find_one_benchmark(session, request.benchmark, request.executables, request.options));
  WatchedBenchmark benchmark{session, std::move(found)};
  PB_TRY(const auto operations, benchmark.choose_operations());
  const auto folder = session.workspace.root / ".pulsebench" / "profiles";
  if (const int error = os::make_folders(folder); error != 0) {
    return os::io_failure("make", folder, error);
  }
  const auto output = folder / file_name_of(benchmark.id());
  GpuToolReport report{.benchmark = benchmark.id(),
                       .tool = tool,
                       .file = output.string() + (tool == GpuTool::nsys ? ".nsys-rep" : ".ncu-rep"),
                       .kernels = {}};
  PB_CHECK(benchmark.run(gpu_wrapper(tool, program, output), operations));
  std::error_code ignored;
  if (!std::filesystem::exists(report.file, ignored)) {
    return fail(ErrorCode::child_failed, name + " left no report at " + report.file.string());
  }
  if (tool == GpuTool::nsys) {
    PB_TRY(report.kernels, kernels_in(program, report.file));
  }
  return report;
}

}  // namespace pulsebench::session
