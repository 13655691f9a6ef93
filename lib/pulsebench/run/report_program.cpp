#include "pulsebench/run/report_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/whole_run.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/report_line.hpp"

namespace pulsebench::run {
namespace {

constexpr std::string_view kScratch = "{scratch}";

bool wants_scratch(const std::string& argument) {
  return argument.find(kScratch) != std::string::npos;
}

/// Puts the path of a new folder in the place of `{scratch}`.
tl::expected<std::optional<os::TemporaryFolder>, ProcessFailure> make_scratch(ProcessSpec& spec) {
  if (std::ranges::none_of(spec.arguments, wants_scratch)) return std::nullopt;
  auto folder = os::TemporaryFolder::make();
  if (!folder) return failed(folder.error().message);
  const std::string path = folder->path().string();
  for (std::string& argument : spec.arguments) {
    for (auto at = argument.find(kScratch); at != std::string::npos;
         at = argument.find(kScratch, at + path.size())) {
      argument.replace(at, kScratch.size(), path);
    }
  }
  return std::optional{*std::move(folder)};
}

std::string names_of(const std::vector<ReportedMetric>& metrics) {
  std::string names;
  for (const auto& [metric, unused] : metrics) names += (names.empty() ? "" : ", ") + metric.name;
  return names;
}

/// Puts the values of each metric into its unit. Fails at one that the workload does not have.
tl::expected<void, ProcessFailure> take_units(std::vector<MetricValues>& reported,
                                              const Workload& workload) {
  for (MetricValues& one : reported) {
    const auto known = std::ranges::find_if(
        workload.metrics, [&](const auto& metric) { return metric.metric.name == one.name; });
    if (known == workload.metrics.end()) {
      return failed(fmt::format("it reports the metric '{}', and the workload has {}",
                                printable(one.name, 60), names_of(workload.metrics)));
    }
    for (double& value : one.values) value *= known->scale;
  }
  return {};
}

/// The last line that is not empty.
std::string_view last_line_of(std::string_view text) {
  const auto end = text.find_last_not_of("\r\n");
  if (end == std::string_view::npos) return {};
  text = text.substr(0, end + 1);
  const auto newline = text.rfind('\n');
  return newline == std::string_view::npos ? text : text.substr(newline + 1);
}

tl::unexpected<ProcessFailure> unexpected_exit(const WholeRun& run, int expected) {
  const std::string_view known = run.exit_failure.reason;
  const auto output = known.find("; last output");
  return tl::unexpected{ProcessFailure{
      Status::crashed, fmt::format("it exited with code {}, and {} was expected{}", run.exit_code,
                                   expected, output == known.npos ? "" : known.substr(output))}};
}

}  // namespace

tl::expected<Visit, ProcessFailure> report_visit(ProcessSpec spec, const Workload& workload) {
  PB_TRY(const auto scratch, make_scratch(spec));
  if (!workload.meter.empty()) {
    spec.arguments.insert(spec.arguments.begin(), spec.executable.string());
    spec.executable = workload.meter;
  }
  PB_TRY(const WholeRun run, run_whole(spec));
  if (run.exit_code != workload.exit_code) return unexpected_exit(run, workload.exit_code);
  const std::string_view line = last_line_of(run.report.empty() ? run.output : run.report);
  if (line.empty()) {
    return failed(
        R"(it reported nothing: it has to print a line such as {"metrics":{"load":1.5}})");
  }
  auto report = wire::decode_report(line);
  if (!report) return failed("its report is unusable: " + report.error().message);
  if (workload.meter.empty()) {
    PB_CHECK(take_units(report->metrics, workload));
  }
  Visit visit{.operations = 1, .slices = {}, .seconds = run.seconds};
  visit.label = printable(report->label, 200);
  visit.metrics = std::move(report->metrics);
  return visit;
}

tl::expected<Visit, ProcessFailure> visit_of(const Visit& launch, const Metric& metric) {
  const auto found = std::ranges::find(launch.metrics, metric.name, &MetricValues::name);
  if (found == launch.metrics.end()) {
    return failed(fmt::format("its report has no metric '{}'", metric.name));
  }
  Visit visit = launch;
  visit.metrics.clear();
  visit.seconds /= static_cast<double>(launch.metrics.size());
  visit.trials = found->trials;
  visit.guard = found->guard;
  for (const double value : found->values) {
    const bool counted = metric.unit == Unit::count;
    if (value < 0.0 || (value == 0.0 && !counted)) {
      return failed(fmt::format("it reports {} for '{}', of which no change can be told", value,
                                metric.name));
    }
    visit.slices.push_back({.ns_per_op = value, .cpu_ns_per_op = value});
  }
  return visit;
}

tl::expected<Visit, ProcessFailure> visit_for(const BenchmarkInfo& info, Visit& launch) {
  if (!info.metric) return std::move(launch);
  return visit_of(launch, *info.metric);
}

}  // namespace pulsebench::run
