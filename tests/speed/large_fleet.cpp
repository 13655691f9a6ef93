// How long the results of a large fleet take to be planned, read and put together.
//
//   large_fleet FOLDER [BENCHMARKS [NODES]]     prints its seconds and MiB; FOLDER must not exist
//
// Each result has 60 blocks, as one that is hard to decide. The goal is 60,000 benchmarks of 1,000
// nodes in 30 s: less than a fifth of what measuring them takes (docs/scaling.md).

#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/fleet/collect.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/fleet/shards.hpp"

using namespace pulsebench;

namespace {

constexpr const char* kKey = "0011223344556677";
constexpr int kBlocks = 60;

fleet::Plan plan_of(int benchmarks, std::size_t nodes) {
  fleet::Plan plan{.run = "20260101T000000Z-000000",
                   .created = "2026-01-01T00:00:00Z",
                   .tool_version = "0",
                   .tool = std::string(64, 'a'),
                   .machine_key = kKey,
                   .family = benchmarks};
  plan.programs = {{.sha256 = std::string(64, 'b'), .name = "suite"}};
  std::mt19937_64 bits(1);
  std::vector<double> seconds;
  for (int i = 0; i < benchmarks; ++i) {
    const auto id = fmt::format("group_{}/operation_{}", i / 100, i);
    seconds.push_back(0.5 + static_cast<double>(bits() % 1000) / 400.0);
    plan.benchmarks.push_back({.id = *BenchmarkId::parse(id),
                               .old_side = {0, id},
                               .new_side = {0, id},
                               .seconds = seconds.back()});
  }
  const auto shards = fleet::share_out(seconds, {.nodes = nodes});
  plan.shards = shards.size();
  for (std::size_t shard = 0; shard < shards.size(); ++shard) {
    for (const std::size_t at : shards[shard]) plan.benchmarks[at].shard = shard;
  }
  return plan;
}

compare::Comparison result_of(const fleet::PlannedBenchmark& benchmark, int family) {
  compare::Judged judged{.info = {.id = benchmark.id}, .verdict = compare::Verdict::unchanged};
  judged.family = family;
  judged.host = fmt::format("node{}", benchmark.shard);
  judged.base = judged.candidate = Cost{12.5, Unit::nanoseconds};
  judged.p_value = 0.01;
  judged.live = {.blocks = kBlocks, .seconds = benchmark.seconds, .guard = "both"};
  for (int i = 0; i < kBlocks; ++i) judged.live->changes.push_back({0.001 * i, -0.0012 * i});
  compare::Comparison comparison;
  comparison.machine_key = kKey;
  comparison.visit_share = 0.5;
  comparison.seed = 7;
  comparison.benchmarks = {std::move(judged)};
  return comparison;
}

int refuse(const Error& error) {
  fmt::print(stderr, "large_fleet: {}\n", error.message);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: large_fleet FOLDER [BENCHMARKS [NODES]]\n");
    return 2;
  }
  const int benchmarks = argc > 2 ? std::atoi(argv[2]) : 60'000;
  const auto nodes = static_cast<std::size_t>(argc > 3 ? std::atoi(argv[3]) : 1000);
  auto start = std::chrono::steady_clock::now();
  const auto lap = [&] {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(start, now)).count();
  };
  const auto folder = fleet::RunFolder::make(argv[1]);
  if (!folder) return refuse(folder.error());
  const fleet::Plan plan = plan_of(benchmarks, nodes);
  const std::string text = fleet::plan_text(plan);
  const double planned = lap();
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    // As `write_result` does, but for the disk: that is the nodes' time.
    const auto written = folder->files().write(
        fmt::format("results/{:06}.json", i),
        report::comparison_json(result_of(plan.benchmarks[i], plan.family), 0), std::nullopt,
        os::Sync::later);
    if (!written) return refuse(written.error());
  }
  lap();
  const auto read = fleet::read_plan(text, "plan.json");
  if (!read) return refuse(read.error());
  fleet::Measurements measurements;
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    auto stored = folder->result(i);
    if (!stored) return refuse(stored.error());
    measurements.results.emplace_back(std::move(stored->comparison));
  }
  const double results_read = lap();
  const auto whole = fleet::put_together(*read, std::move(measurements));
  if (!whole) return refuse(whole.error());
  const std::string document = report::comparison_json(*whole, 0);
  const double put_together = lap();
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{} benchmarks in {} shards: planned {:.2f} s, results read {:.2f} s, put together and "
      "written {:.2f} s; {} MiB of plan, {} MiB of document, peak {} MiB; {} unchanged\n",
      benchmarks, plan.shards, planned, results_read, put_together, text.size() >> 20U,
      document.size() >> 20U, usage.ru_maxrss / 1024, whole->count(compare::Verdict::unchanged));
  return 0;
}
