#include "pulsebench/compare/undecidable.hpp"

#include <array>

#include "pulsebench/compare/decision.hpp"
#include "pulsebench/compare/gate.hpp"

namespace pulsebench::compare {
namespace {

/// Launches that agree perfectly: all that two runs can differ by is σ_run.
bool can_be_unchanged(double run_sigma, Percent threshold, double alpha) {
  constexpr std::array<double, 32> kEqual{};
  return decide(weigh(kEqual, run_sigma), threshold, alpha) == Verdict::unchanged;
}

}  // namespace

std::vector<Undecidable> undecidable(const baseline::Document& run, const config::Config& config,
                                     const std::map<BenchmarkId, RunSigma>& run_sigma) {
  const std::optional<int> cpus = cpus_of(run.machine);
  std::vector<Undecidable> found;
  for (const baseline::BenchmarkResult& benchmark : run.benchmarks) {
    const auto learnt = run_sigma.find(benchmark.info.id);
    if (learnt == run_sigma.end()) continue;
    const Gate gate = gate_of(benchmark.info, config, cpus);
    if (can_be_unchanged(learnt->second.deviation, gate.threshold, gate.alpha)) continue;
    found.push_back({benchmark.info.id, learnt->second, gate.threshold});
  }
  return found;
}

}  // namespace pulsebench::compare
