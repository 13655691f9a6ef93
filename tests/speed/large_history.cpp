// How long a nightly history takes to be read and judged.
//
//   large_history [NIGHTS [BENCHMARKS]]     prints its size and the seconds
//
// The goal is 1000 nights of 60 benchmarks in 1 s.

#include <chrono>
#include <cstdlib>
#include <random>
#include <string>

#include <fmt/format.h>

#include "pulsebench/trend/judge.hpp"

using namespace pulsebench;

namespace {

std::string day(int number) {
  return fmt::format("20{:02}-{:02}-{:02}", 10 + number / 336, 1 + number % 336 / 28,
                     1 + number % 28);
}

trend::Night night(int number, int benchmarks, std::mt19937_64& bits) {
  trend::Night night{.day = day(number),
                     .run_id = fmt::format("run-{}", number),
                     .commit = std::string(40, 'c'),
                     .started = day(number) + "T02:00:00Z",
                     .machine_key = "0011223344556677",
                     .machine_kind = "kind",
                     .timer = "rdtsc",
                     .suites_sha256 = std::string(64, 'a'),
                     .anchor_sha256 = std::string(64, 'b'),
                     .facts = {{"kernel", "6.1.0-18"}, {"compiler", "GNU 12.2.0"}},
                     .costs = {}};
  for (int i = 0; i < benchmarks; ++i) {
    const double noise = 1.0 + static_cast<double>(bits() >> 40U) * 1e-9;  // up to 1.7 %
    const double cost = (10.0 + i) * noise * (number >= 400 ? 1.06 : 1.0);
    night.costs.push_back({.id = *BenchmarkId::parse(fmt::format("group/operation_{}", i)),
                           .cost = Cost{cost},
                           .range = trend::CostRange{Cost{cost * 0.99}, Cost{cost * 1.01}},
                           .anchor_ratio = noise * (number >= 400 ? 1.06 : 1.0),
                           .robust_cv = Percent{1.0}});
  }
  return night;
}

}  // namespace

int main(int argc, char** argv) {
  const int nights = argc > 1 ? std::atoi(argv[1]) : 1000;
  const int benchmarks = argc > 2 ? std::atoi(argv[2]) : 60;
  std::mt19937_64 bits(1);
  std::string text;
  for (int i = 0; i < nights; ++i) text += trend::encode_night(night(i, benchmarks, bits));
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const auto history = trend::decode_history(text, "large.jsonl");
  if (!history) {
    fmt::print(stderr, "large_history: {}\n", history.error().message);
    return 2;
  }
  const double read = seconds();
  const auto judged = trend::judge(*history, {}, history->nights.back().day);
  std::size_t changes = 0;
  for (const auto& series : judged.series) changes += series.changes.size();
  fmt::print("{:.1f} MB: read {:.3f} s, judged {:.3f} s; {} series, {} changes\n",
             static_cast<double>(text.size()) / 1e6, read, seconds() - read, judged.series.size(),
             changes);
  return 0;
}
