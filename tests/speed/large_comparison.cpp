// How long two large results take to be read and compared, and in how much memory.
//
//   large_comparison write FOLDER [BENCHMARKS]   writes two baselines, and the runs behind them
//   large_comparison compare FOLDER              reads and compares them; prints seconds and MiB
//
// The goal is 10,000 benchmarks of 20 launches and 101 quantiles a side in 1.5 s and 400 MiB, with
// the spread between runs learnt from 8 stored ones. The
// two steps are two processes, so that the memory of the writer does not count for the reader.

#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/format.h>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/compare/compare.hpp"
#include "pulsebench/compare/run_sigma.hpp"
#include "pulsebench/config/load.hpp"

using namespace pulsebench;

namespace {

/// About 10 to 1000 ns, as unequal as real slices are.
baseline::BenchmarkResult benchmark(int number, std::mt19937_64& bits) {
  const auto noise = [&] { return 1.0 + static_cast<double>(bits() >> 40U) * 1e-9; };
  Measured measured{.info = {.id = *BenchmarkId::parse(
                                 fmt::format("group_{}/operation_{}", number / 100, number)),
                             .tier = number % 2 == 0 ? Tier::critical : Tier::fast},
                    .suite = "tier0_critical",
                    .batching = {.operations = 20'000, .slices = 12},
                    .launches_asked = 20};
  for (int launch = 0; launch < 20; ++launch) {
    Visit visit{.launch = launch,
                .operations = 20'000,
                .slices = {},
                .reference_ns = 1.2 * noise(),
                .seconds = 0.012};
    for (int slice = 0; slice < 12; ++slice) {
      const double ns = (10.0 + 0.1 * number) * noise();
      visit.slices.push_back({ns, ns * 0.999, 0});
    }
    measured.visits.push_back(std::move(visit));
  }
  return baseline::summarize(measured);
}

int write_both(const baseline::Store& store, int benchmarks) {
  for (const auto& [name, seed] : {std::pair{"old", 1U}, std::pair{"new", 2U}}) {
    std::mt19937_64 bits(seed);
    baseline::Document document;
    document.run_id = name;
    document.machine.key = "0011223344556677";
    document.suites = {{"tier0_critical", std::string(64, 'a'), {}}};
    for (int i = 0; i < benchmarks; ++i) document.benchmarks.push_back(benchmark(i, bits));
    const auto file = store.save(name, document);
    if (!file) {
      fmt::print(stderr, "large_comparison: {}\n", file.error().message);
      return 2;
    }
    for (int run = 0; run < 4; ++run) {
      document.run_id = fmt::format("{}-{}", name, run);
      if (const auto kept = store.save_run(document, {}); !kept) {
        fmt::print(stderr, "large_comparison: {}\n", kept.error().message);
        return 2;
      }
    }
    fmt::print("{}: {} MiB\n", file->string(), std::filesystem::file_size(*file) >> 20U);
  }
  return 0;
}

int compare_both(const baseline::Store& store) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const auto pair = store.load_pair("old", "new");
  if (!pair) {
    fmt::print(stderr, "large_comparison: {}\n", pair.error().message);
    return 2;
  }
  const double read = seconds();
  const auto stored = store.runs(baseline::Detail::values, baseline::Store::kHistoryBytes);
  if (!stored) {
    fmt::print(stderr, "large_comparison: {}\n", stored.error().message);
    return 2;
  }
  const auto& history = stored->runs;
  const auto sigma = compare::learn_run_sigma(history, pair->second);
  const double learnt = seconds();
  const auto comparison =
      compare::compare(pair->first, pair->second, config::defaults(),
                       {.base_name = "old", .candidate_name = "new", .run_sigma = sigma});
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "read {:.3f} s, learnt from {} runs for {} in {:.3f} s, compared {:.3f} s, peak {} MiB; {} "
      "judged, {} unchanged\n",
      read, history.size(), sigma.size(), learnt - read, seconds() - learnt, usage.ru_maxrss / 1024,
      comparison.judged, comparison.count(compare::Verdict::unchanged));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string verb = argc > 1 ? argv[1] : "";
  if (argc >= 3 && verb == "write") {
    return write_both(baseline::Store(argv[2]), argc > 3 ? std::atoi(argv[3]) : 10'000);
  }
  if (argc == 3 && verb == "compare") return compare_both(baseline::Store(argv[2]));
  fmt::print(stderr, "usage: large_comparison write|compare FOLDER [BENCHMARKS]\n");
  return 2;
}
