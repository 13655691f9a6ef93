#pragma once

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/os/temporary_folder.hpp"

namespace pulsebench::baseline {

/// A folder of its own for one test.
class Scratch {
 public:
  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }

 private:
  os::TemporaryFolder folder_ = os::TemporaryFolder::make().value();
};

/// `launches` visits of `slices` slices each, near 10 ns and none of them equal.
inline Measured measured(const char* id, int launches = 20, int slices = 50) {
  Measured result{.info = {.id = *BenchmarkId::parse(id)},
                  .suite = "tier0_critical",
                  .batching = {.operations = 20'000, .slices = slices},
                  .launches_asked = launches};
  for (int launch = 0; launch < launches; ++launch) {
    Visit visit{.launch = launch,
                .operations = 20'000,
                .slices = {},
                .reference_ns = 1.25,
                .seconds = 0.012};
    for (int slice = 0; slice < slices; ++slice) {
      const double ns = 10.0 + 0.01 * launch + 0.001 * slice;
      visit.slices.push_back({ns, ns - 0.0005, 0});
    }
    result.visits.push_back(visit);
  }
  return result;
}

/// A document with every field filled: two benchmarks measured, one crashed.
inline Document sample_document() {
  Document document;
  document.tool_version = "0.1.0";
  document.run_id = "20260101T120000Z-1a2b3c";
  document.started = "2026-01-01T12:00:00Z";
  document.ended = "2026-01-01T12:00:30Z";
  document.seed = 18'446'744'073'709'551'615U;
  document.preset = "standard";
  document.like = "main";
  document.command_line = {"pulsebench", "run", "--tier", "0"};
  document.git = {.commit = "0123abcd",
                  .branch = "main",
                  .commit_date = "2026-01-01T11:00:00Z",
                  .merge_base = "0123abcd",
                  .dirty = true};
  document.suites = {{"tier0_critical", std::string(64, 'a'), {{"compiler", "GNU 12.2.0"}}}};
  document.machine = {.key = "0011223344556677",
                      .hashed = {{"cpu_model", "Some \"CPU\" @ 2 GHz"}, {"cores", "2"}},
                      .shown = {{"kernel", "6.1.0"}, {"host", "h"}}};
  document.state = {{"governor", "performance", "", "", "no cpufreq here"},
                    {"load_1min", "", "0.10", "0.30", ""}};
  document.time = {30.0, 29.0, 15.5};
  Measured consume = measured("budget/consume");
  for (Visit& visit : consume.visits) {
    visit.processed = {.bytes = 1024.0, .items = 0.5};
    visit.label = "one node here";
  }
  document.benchmarks.push_back(summarize(consume));
  document.benchmarks.back().disturbed_run_delay = 4;
  document.benchmarks.back().disturbed_slow_core = 5;
  document.benchmarks.back().launches_stolen = 1;
  document.benchmarks.back().launches_crowded = 3;
  document.benchmarks.back().target = Cost{15};
  document.benchmarks.back().injected_percent = 7.5;
  document.benchmarks.back().growth =
      Growth{.percent_per_minute = 0.5, .interval = {-0.25, 1.5, 0.95}, .seconds = 12.5};
  document.benchmarks.back().counters = {
      {.name = "page-faults", .per_op = 0.25, .enabled_ns = 600'000, .running_ns = 300'000},
      {.name = "context-switches", .per_op = 0.0, .source = "getrusage"},
      {.name = "cycles", .per_op = std::nullopt, .reason = "this VM exposes no counters"},
      {.name = "instructions", .per_op = std::nullopt, .reason = "this VM exposes no counters"}};
  document.benchmarks.back().exact = ExactCount{.instructions_per_op = 21.0,
                                                .operations = 1000,
                                                .by = "callgrind",
                                                .d1_misses_per_op = 0.5,
                                                .ll_misses_per_op = 0.0,
                                                .native_per_op = 19.0};
  document.benchmarks.back().allocations =
      Allocations{.per_op = 2.0, .bytes_per_op = 96.0, .peak_bytes = 64, .operations = 1000};
  document.benchmarks.back().max_allocations = 0.0;
  Measured floor = measured("floor/load", 3);
  floor.info.role = Role::floor;
  floor.info.version = 2;
  floor.info.threads = 4;
  floor.oversubscribed = true;
  floor.visits.front().source = SourceLine{"suites/floors.cpp", 7};
  floor.visits.front().latencies = {{100.0, 99}, {900.0, 1}};
  for (Visit& visit : floor.visits) visit.thread_operations = {100, 50, 100, 100};
  floor.info.tier = Tier::concurrent;
  document.benchmarks.push_back(summarize(floor));
  document.benchmarks.back().exact =
      ExactCount{.instructions_per_op = std::nullopt, .reason = "several threads"};
  document.benchmarks.back().allocations =
      Allocations{.per_op = std::nullopt, .reason = "several threads"};
  Measured crashed = measured("hooks/crash", 0);
  crashed.outcome = {Status::crashed, "died of SIGSEGV in launch 0"};
  document.benchmarks.push_back(summarize(crashed));
  return document;
}

}  // namespace pulsebench::baseline
