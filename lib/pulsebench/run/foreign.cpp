#include "pulsebench/run/foreign.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/run/foreign_pace.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"
#include "pulsebench/wire/google_benchmark_report.hpp"

namespace pulsebench::run {
namespace {

/// A report on descriptor 4 does not mix with the program's own output. Google Benchmark writes its
/// first part, of the machine, directly before it measures: a held program waits there.
constexpr const char* kReportFile = "/dev/fd/4";

struct Report {
  std::string text;
  long involuntary_switches = 0;
};

/// Report of a process that has exited with a code from 0 to `highest_code`.
tl::expected<Report, ProcessFailure> report_of(Process& process, int highest_code) {
  process.restart_limit();
  process.release();
  std::string report;
  while (process.events_open()) {
    PB_CHECK(process.wait_for_bytes());
    report += process.take_events();
  }
  process.move_off_measuring_cpu();
  (void)process.finish();
  if (process.exit_code() < 0 || process.exit_code() > highest_code) {
    return tl::unexpected{process.exit_failure()};
  }
  return Report{.text = std::move(report), .involuntary_switches = process.involuntary_switches()};
}

struct Listing {
  std::vector<std::string> lines;
  int exit_code = 0;
};

/// What the program lists of the benchmarks that match `filter`.
tl::expected<Listing, ProcessFailure> list(ProcessSpec spec, const std::string& filter) {
  spec.arguments.emplace_back("--benchmark_list_tests=true");
  if (!filter.empty()) spec.arguments.push_back("--benchmark_filter=" + filter);
  PB_TRY(auto process, Process::start(spec));
  process.close_requests();
  std::string output;
  while (process.output_open()) {
    PB_CHECK(process.wait_for_bytes());
    output += process.take_output();
  }
  if (!process.finish() && process.exit_code() < 0) return tl::unexpected{process.exit_failure()};
  Listing listing{.lines = split(output, '\n'), .exit_code = process.exit_code()};
  std::erase(listing.lines, "");
  const int count = static_cast<int>(listing.lines.size() % 256);
  if (listing.exit_code == 0 || listing.exit_code == count) return listing;
  return tl::unexpected{process.exit_failure()};
}

constexpr double kUnusualShare = 0.02;

double wait_of(const Slice& slice) { return std::max(slice.ns_per_op - slice.cpu_ns_per_op, 0.0); }

double low_quartile(std::vector<double> values) {
  std::ranges::sort(values);
  return values[(values.size() - 1) / 4];
}

}  // namespace

tl::expected<ForeignList, ProcessFailure> list_foreign(const ProcessSpec& spec) {
  const auto neither = [] {
    return failed("it is neither a suite of pulsebench nor a Google Benchmark program");
  };
  PB_TRY(Listing listing, list(spec, ""));
  for (const std::string& name : listing.lines) {
    if (const auto id = BenchmarkId::parse(name); !id) {
      return failed("its list of benchmarks: " + id.error().message);
    }
  }
  if (listing.lines.empty()) return neither();
  const bool exits_with_count = listing.exit_code != 0;
  if (exits_with_count) {  // it might be any program that failed after a word or two
    PB_TRY(const Listing nothing, list(spec, "^$"));
    if (!nothing.lines.empty()) return neither();
  }
  return ForeignList{.names = std::move(listing.lines), .exits_with_count = exits_with_count};
}

tl::expected<Process, ProcessFailure> begin_foreign(ProcessSpec spec, const std::string& name,
                                                    const Batching& batching) {
  spec.hold = true;
  const std::vector<std::string> asked{
      "--benchmark_filter=" + wire::filter_for(name),
      fmt::format("--benchmark_min_time={:.6f}", batching.min_time),
      "--benchmark_repetitions=" + std::to_string(batching.slices),
      "--benchmark_report_aggregates_only=false", "--benchmark_display_aggregates_only=false",
      std::string{"--benchmark_out="} + kReportFile, "--benchmark_out_format=json",
      // Its output is ignored; this format does not write to stderr.
      "--benchmark_format=json"};
  spec.arguments.insert(spec.arguments.end(), asked.begin(), asked.end());
  auto process = Process::start(spec);
  if (process) process->close_requests();
  return process;
}

tl::expected<Visit, ProcessFailure> foreign_visit(Process process, const std::string& name,
                                                  int most, bool exits_with_count) {
  const auto start = std::chrono::steady_clock::now();
  PB_TRY(const auto report, report_of(process, exits_with_count ? 2 : 0));
  auto visit = wire::decode_google_benchmark(report.text);
  if (!visit && visit.error().code == ErrorCode::nothing_measured) {
    return tl::unexpected{ProcessFailure{Status::skipped, visit.error().message}};
  }
  if (!visit) return failed(visit.error().message);
  const int asked = std::clamp(wire::repetitions_of(name), std::max(most, kForeignRepetitions),
                               kMostForeignRepetitions);
  if (visit->slices.size() > static_cast<std::size_t>(asked)) {
    return failed("its report has " + std::to_string(visit->slices.size()) +
                  " repetitions, and at most " + std::to_string(asked) +
                  " were requested; two benchmarks of one name make it so");
  }
  tag_preempted(visit->slices, report.involuntary_switches);
  visit->seconds = os::seconds_since(start);
  return *std::move(visit);
}

void tag_preempted(std::span<Slice> slices, long involuntary_switches) {
  if (slices.empty()) return;
  std::vector<double> times, waits;
  std::vector<Slice*> longest_wait_first;
  for (Slice& slice : slices) {
    times.push_back(slice.ns_per_op);
    waits.push_back(wait_of(slice));
    longest_wait_first.push_back(&slice);
  }
  const double usual_wait = slices.size() > 1 ? low_quartile(waits) : 0.0;
  const double bar = usual_wait + kUnusualShare * low_quartile(times);
  std::ranges::stable_sort(longest_wait_first, std::greater{},
                           [](const Slice* slice) { return wait_of(*slice); });
  for (Slice* slice : longest_wait_first) {
    if (involuntary_switches-- <= 0 || wait_of(*slice) <= bar) break;
    slice->disturbances |= bit_of(Disturbance::preempted);
  }
}

}  // namespace pulsebench::run
