#include <utility>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::exchange {
namespace {

constexpr double kMostRoundSeconds = 1e9;

/// Times are seconds of an iteration. `data` is absent without `--benchmark-save-data`.
ForeignBenchmark read_test(json::Reader& entry) {
  ForeignBenchmark benchmark{.name = entry.text("fullname")};
  auto stats = entry.child("stats");
  if (!stats) {
    entry.note("stats", "is missing");
    return benchmark;
  }
  const std::uint64_t iterations =
      is_given(*stats, "iterations") ? stats->whole("iterations", 1, 1ULL << 60U) : 1;
  if (is_given(*stats, "data")) {
    std::vector<double> ns = stats->reals("data", 0.0, kMostRoundSeconds);
    for (double& time : ns) time *= 1e9;
    benchmark.visits.push_back(visit_of(ns, iterations));
    return benchmark;
  }
  benchmark.aggregate = {.figure = "median", .count = stats->whole("rounds", 1, 1ULL << 60U)};
  benchmark.aggregate_ns = stats->real("median", 0.0, kMostRoundSeconds) * 1e9;
  return benchmark;
}

Git git_of(const json::Value& commit) {
  const auto dirty = commit.find("dirty");
  return {.commit = printable(text_at(commit, "id"), 64),
          .branch = printable(text_at(commit, "branch"), 200),
          .commit_date = printable(text_at(commit, "time"), 40),
          .merge_base = {},
          .dirty = dirty != commit.end() && *dirty == true};
}

}  // namespace

/// Rounds are of one process.
Result<ForeignReport> read_pytest_benchmark(const Source& source) {
  PB_TRY(const auto document, parse_source(source));
  json::Problem problem;
  json::Reader top{document, problem};
  const json::Value& machine = object_at(document, "machine_info");
  ForeignReport report{.tool_version = text_at(document, "version"),
                       .date = text_at(document, "datetime"),
                       .host = text_at(machine, "node"),
                       .git = git_of(object_at(document, "commit_info")),
                       .facts = {{"cpu", text_at(object_at(machine, "cpu"), "brand_raw")},
                                 {"python", text_at(machine, "python_version")}}};
  top.each("benchmarks", kMostBenchmarks,
           [&](json::Reader& entry) { report.benchmarks.push_back(read_test(entry)); });
  if (problem.noted()) return problem.in(source.name);
  return report;
}

}  // namespace pulsebench::exchange
