#include "pulsebench/run/foreign.hpp"

#include <algorithm>
#include <chrono>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/run/preemptions.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"
#include "pulsebench/wire/google_benchmark_report.hpp"

namespace pulsebench::run {
namespace {

/// A report on descriptor 4 does not mix with the program's own output.
constexpr const char* kReportFile = "/dev/fd/4";

constexpr double kLongLaunchSeconds = 0.1;
constexpr int kFewestRepetitions = 4;  // fewer have no mean of undisturbed ones

struct Report {
  std::string text;
  long involuntary_switches = 0;
};

/// Number of repetitions: fewer if the benchmark itself requires long ones.
int repetitions_of(const std::string& name) {
  const double longest = wire::min_time_of(name);
  if (longest * kForeignRepetitions <= kLongLaunchSeconds) return kForeignRepetitions;
  return std::max(kFewestRepetitions, static_cast<int>(kLongLaunchSeconds / longest));
}

/// Report of a process that has exited with code 0.
tl::expected<Report, ProcessFailure> report_of(Process& process) {
  process.restart_limit();
  process.release();
  std::string report;
  while (process.events_open()) {
    PB_CHECK(process.wait_for_bytes());
    report += process.take_events();
  }
  process.move_off_measuring_cpu();
  if (!process.finish()) return tl::unexpected{process.exit_failure()};
  return Report{.text = std::move(report), .involuntary_switches = process.involuntary_switches()};
}

}  // namespace

tl::expected<std::vector<std::string>, ProcessFailure> foreign_names(ProcessSpec spec) {
  spec.arguments = {"--benchmark_list_tests=true"};
  PB_TRY(const auto output, output_of(spec));
  std::vector<std::string> names;
  for (const std::string& line : split(output, '\n')) {
    if (line.empty()) continue;
    if (const auto id = BenchmarkId::parse(line); !id) {
      return tl::unexpected{
          ProcessFailure{Status::failed, "its list of benchmarks: " + id.error().message}};
    }
    names.push_back(line);
  }
  if (names.empty()) {
    return tl::unexpected{ProcessFailure{
        Status::failed, "it is neither a suite of pulsebench nor a Google Benchmark program"}};
  }
  return names;
}

tl::expected<Process, ProcessFailure> begin_foreign(ProcessSpec spec, const std::string& name) {
  spec.hold = true;
  spec.arguments = {"--benchmark_filter=" + wire::filter_for(name),
                    std::string{"--benchmark_min_time="} + kForeignMinTime,
                    "--benchmark_repetitions=" + std::to_string(repetitions_of(name)),
                    "--benchmark_report_aggregates_only=false",
                    "--benchmark_display_aggregates_only=false",
                    std::string{"--benchmark_out="} + kReportFile, "--benchmark_out_format=json",
                    // Its output is ignored; this format does not write to stderr.
                    "--benchmark_format=json"};
  auto process = Process::start(spec);
  if (process) process->close_requests();
  return process;
}

tl::expected<Visit, ProcessFailure> foreign_visit(Process process, const std::string& name) {
  const auto start = std::chrono::steady_clock::now();
  PB_TRY(const auto report, report_of(process));
  auto visit = wire::decode_google_benchmark(report.text);
  if (!visit) return tl::unexpected{ProcessFailure{Status::failed, visit.error().message}};
  const int asked =
      std::clamp(wire::repetitions_of(name), kForeignRepetitions, kMostForeignRepetitions);
  if (visit->slices.size() > static_cast<std::size_t>(asked)) {
    return tl::unexpected{
        ProcessFailure{Status::failed, "its report has " + std::to_string(visit->slices.size()) +
                                           " repetitions, and at most " + std::to_string(asked) +
                                           " were requested"}};
  }
  tag_preempted(visit->slices, report.involuntary_switches);
  visit->seconds = os::seconds_since(start);
  return *std::move(visit);
}

}  // namespace pulsebench::run
