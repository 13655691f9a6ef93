#include "pulsebench/harness/google_benchmark.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>
#include <string>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/wire/benchmark_name.hpp"
#include "pulsebench/wire/messages.hpp"
#include "pulsebench/wire/rates.hpp"

namespace pulsebench::harness {
namespace {

using Run = benchmark::BenchmarkReporter::Run;

std::optional<double> amount_of(const Run& run, const char* rate, const wire::RatedRun& rated) {
  const auto found = run.counters.find(rate);
  if (found == run.counters.end()) return std::nullopt;
  return wire::amount_per_op(found->second.value, rated);
}

Repetition repetition_of(const Run& run) {
  const double iterations = std::max(static_cast<double>(run.iterations), 1.0);
  const wire::RatedRun rated{.name = run.benchmark_name(),
                             .real_per_op = run.real_accumulated_time / iterations,
                             .cpu_per_op = run.cpu_accumulated_time / iterations,
                             .threads = static_cast<int>(run.threads),
                             .library_version = PULSEBENCH_GOOGLE_BENCHMARK_VERSION};
  return {.real_seconds = wire::wall_per_op(rated) * iterations,
          .cpu_seconds = run.cpu_accumulated_time,
          .iterations = static_cast<std::uint64_t>(run.iterations),
          .processed = {.bytes = amount_of(run, wire::kBytesRate, rated),
                        .items = amount_of(run, wire::kItemsRate, rated)},
          .label = run.report_label};
}

/// Why a benchmark skipped itself, if it did. Versions before 1.8.0 report it as an error.
template <class AnyRun>
std::optional<std::string> skip_reason_of(const AnyRun& run) {
  std::string reason;
  if constexpr (requires { run.error_occurred; }) {
    if (!run.error_occurred) return std::nullopt;
    reason = run.error_message;
  } else {
    if (run.skipped == decltype(run.skipped){}) return std::nullopt;
    reason = run.skip_message;
  }
  return reason.empty() ? "no reason given" : reason;
}

/// Collects the reports of a run and prints nothing.
class Collector : public benchmark::BenchmarkReporter {
 public:
  Collector() {
    SetOutputStream(&output_);
    SetErrorStream(&output_);
  }

  bool ReportContext(const Context& /*context*/) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (auto reason = skip_reason_of(run)) {
        report.skipped = *std::move(reason);
      } else if (run.run_type == Run::RT_Iteration) {
        report.repetitions.push_back(repetition_of(run));
      }
    }
  }

  [[nodiscard]] std::string text() const { return output_.str(); }

  RunReport report;

 private:
  std::ostringstream output_;
};

/// Google Benchmark takes settings from its command line only; parsing another one replaces them.
void set_flags(std::vector<std::string> flags) {
  flags.insert(flags.begin(), "suite");
  std::vector<char*> argv;
  for (std::string& flag : flags) argv.push_back(flag.data());
  int argc = static_cast<int>(argv.size());
  argv.push_back(nullptr);
  benchmark::Initialize(&argc, argv.data());
}

std::string name_of(const std::string& id) {
  for (const std::string& name : registered_names()) {
    if (wire::id_of(name) == id) return name;
  }
  return {};
}

}  // namespace

std::string label_of(const Repetition& repetition) {
  return printable(repetition.label, wire::kMaxLabel);
}

std::vector<std::string> registered_names() {
  static const std::vector<std::string> kNames = [] {
    Collector collector;
    set_flags({"--benchmark_list_tests=true"});
    benchmark::RunSpecifiedBenchmarks(&collector, nullptr, ".");
    set_flags({"--benchmark_list_tests=false"});
    std::vector<std::string> names;
    std::istringstream lines{collector.text()};
    for (std::string line; std::getline(lines, line);) names.push_back(line);
    return names;
  }();
  return kNames;
}

RunReport run_benchmark(const std::string& id, double min_seconds, int repetitions) {
  const std::string name = name_of(id);
  if (name.empty()) return {};
  set_flags({"--benchmark_min_time=" + std::to_string(min_seconds),
             "--benchmark_repetitions=" + std::to_string(repetitions),
             "--benchmark_report_aggregates_only=false",
             "--benchmark_display_aggregates_only=false",
             "--benchmark_enable_random_interleaving=false"});
  Collector collector;
  try {
    collector.report.matched =
        benchmark::RunSpecifiedBenchmarks(&collector, nullptr, wire::filter_for(name)) > 0;
  } catch (const std::exception& error) {
    collector.report.matched = true;
    collector.report.thrown = error.what()[0] == '\0' ? "an exception" : error.what();
  } catch (...) {
    collector.report.matched = true;
    collector.report.thrown = "something that is not a std::exception";
  }
  return collector.report;
}

}  // namespace pulsebench::harness
