#include "pulsebench/run/catch2.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "pulsebench/run/whole_run.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/catch2_report.hpp"

namespace pulsebench::run {
namespace {

/// Between the parts of a native name. Catch2 writes a control character as text.
constexpr char kBetween = '\x1f';

constexpr const char* kSamples = "20";  // 50 µs each, of a fast benchmark
constexpr const char* kWarmUpMs = "1";
constexpr int kListLaunches = 6;  // in whose time limits every test case runs once
/// A section that no test case has: what lies in none is reached without those that it has.
constexpr const char* kNoSection = "pulsebench: no section";

std::string joined(const std::vector<std::string>& path, char between) {
  std::string text;
  for (const std::string& part : path) text += (text.empty() ? "" : std::string{between}) + part;
  return text;
}

/// A test specification that matches the test case of that name alone: its first character may
/// begin an exclusion, others a tag, a list, a quote or a wildcard.
std::string only_test_case(const std::string& name) {
  std::string specification;
  for (const char c : name) {
    const bool has_meaning = std::string_view{"\\,[]\"~*"}.find(c) != std::string_view::npos;
    if (specification.empty() || has_meaning) specification += '\\';
    specification += c;
  }
  return specification;
}

void ask_for_report(ProcessSpec& spec, const char* samples) {
  for (const char* word : {"--reporter", "xml", "--out", kReportPath, "--benchmark-no-analysis",
                           "--benchmark-warmup-time", kWarmUpMs, "--benchmark-samples", samples}) {
    spec.arguments.emplace_back(word);
  }
}

tl::expected<std::vector<wire::Catch2Benchmark>, ProcessFailure> decode(const WholeRun& run) {
  auto found = wire::decode_catch2(run.report);
  if (found) return std::move(found->benchmarks);
  if (run.exit_code != 0) return tl::unexpected{run.exit_failure};
  return failed(found.error().message);
}

/// `--libidentify` is answered by a main of Catch2 alone.
bool is_catch2(ProcessSpec spec) {
  spec.arguments = {"--libidentify"};
  const auto run = run_whole(spec);
  return run && run->exit_code == 0 &&
         run->output.find("A Catch2 test executable") != std::string::npos;
}

}  // namespace

Listed list_catch2(const ProcessSpec& spec) {
  if (!is_catch2(spec)) return std::nullopt;
  ProcessSpec listing = spec;
  ask_for_report(listing, "1");
  listing.limit *= kListLaunches;
  PB_TRY(const WholeRun run, run_whole(listing));
  PB_TRY(const auto found, decode(run));
  std::vector<NamedBenchmark> benchmarks;
  std::set<std::string> seen;
  for (const wire::Catch2Benchmark& benchmark : found) {
    NamedBenchmark named{.id = joined(benchmark.path, '/'),
                         .native_name = joined(benchmark.path, kBetween)};
    if (seen.insert(named.native_name).second) benchmarks.push_back(std::move(named));
  }
  if (benchmarks.empty()) {
    return failed(
        "it is a Catch2 program, and ran no benchmark: version 2 needs "
        "CATCH_CONFIG_ENABLE_BENCHMARKING, and hidden test cases need their tag as an argument");
  }
  return benchmarks;
}

tl::expected<Visit, ProcessFailure> catch2_visit(const ProcessSpec& spec,
                                                 const std::string& native_name) {
  ProcessSpec launch = spec;
  const auto path = split(native_name, kBetween);
  launch.arguments.push_back(only_test_case(path.front()));
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    launch.arguments.insert(launch.arguments.end(), {"--section", path[i]});
  }
  launch.arguments.insert(launch.arguments.end(), {"--section", kNoSection});
  ask_for_report(launch, kSamples);
  PB_TRY(const WholeRun run, run_whole(launch));
  PB_TRY(auto found, decode(run));
  if (run.exit_code != 0) return failed("its test case failed");
  std::erase_if(found, [&](const auto& benchmark) { return benchmark.path != path; });
  if (found.empty()) return failed("its report does not have the benchmark");
  if (found.size() > 1) {
    return failed("its report has the benchmark " + std::to_string(found.size()) +
                  " times; give each a name of its own");
  }
  const wire::Catch2Benchmark& benchmark = found.front();
  if (!benchmark.failure.empty()) return failed(benchmark.failure);
  return Visit{.operations = benchmark.operations,
               .slices = {{.ns_per_op = benchmark.mean_ns,
                           .cpu_ns_per_op = benchmark.mean_ns,
                           .disturbances = 0}},
               .seconds = run.seconds};
}

}  // namespace pulsebench::run
