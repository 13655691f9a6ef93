#include "pulsebench/compare/noise.hpp"

#include <algorithm>
#include <cmath>

#include "pulsebench/compare/decision.hpp"
#include "pulsebench/stats/binomial.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::compare {
namespace {

/// Decision after decision, each on fresh blocks.
void replay(std::span<const BlockChange> blocks, const LiveRule& rule, Noise& noise) {
  LiveDecision decision{rule};
  for (const BlockChange& block : blocks) {
    decision.add(block);
    if (!decision.decided()) continue;
    ++noise.decisions;
    const Verdict verdict = decision.verdict();
    noise.false_alarms += verdict == Verdict::regressed || verdict == Verdict::improved ? 1 : 0;
    noise.passed += verdict == Verdict::unchanged ? 1 : 0;
    decision = LiveDecision{rule};
  }
}

std::optional<Reason> why_not_supported(const Noise& noise, const LiveRule& rule) {
  const auto because = [](ReasonCode code, std::vector<double> numbers) {
    return Reason{.code = code, .numbers = std::move(numbers)};
  };
  const double blocks = noise.blocks;
  if (noise.blocks == 0) return because(ReasonCode::nothing_measured, {});
  if (noise.false_alarms > 0) {
    return because(ReasonCode::false_alarm,
                   {static_cast<double>(noise.false_alarms), static_cast<double>(noise.decisions)});
  }
  if (!noise.resolves) {
    return because(ReasonCode::few_blocks, {blocks, static_cast<double>(rule.family)});
  }
  if (*noise.resolves > noise.threshold) {
    return because(ReasonCode::blocks_scatter, {noise.resolves->value});
  }
  if (noise.passed == 0) return because(ReasonCode::means_scatter, {blocks});
  return std::nullopt;
}

}  // namespace

std::optional<Percent> resolvable_change(std::span<const double> log_ratios, const LiveRule& rule) {
  const auto n = static_cast<int>(log_ratios.size());
  const auto needed = stats::least_heads(n, std::log(2.0 * rule.family / rule.alpha));
  if (!needed) return std::nullopt;
  const std::vector<double> ascending = stats::sorted(log_ratios);
  const double up = -ascending[static_cast<std::size_t>(n - *needed)];
  const double down = ascending[static_cast<std::size_t>(*needed - 1)];
  return percent_of_log(std::max({0.0, up, down}));
}

Noise noise_of(const BenchmarkInfo& info, std::span<const BlockChange> blocks,
               const LiveRule& rule) {
  Noise noise{.info = info};
  noise.threshold = rule.threshold;
  noise.blocks = static_cast<int>(blocks.size());
  std::vector<double> low_quantiles;
  std::vector<double> means;
  for (const BlockChange& block : blocks) {
    low_quantiles.push_back(block.low_quantile);
    means.push_back(block.mean);
  }
  noise.resolves = resolvable_change(low_quantiles, rule);
  noise.mean_resolves = resolvable_change(means, rule);
  replay(blocks, rule, noise);
  noise.reason = why_not_supported(noise, rule);
  noise.supported = !noise.reason;
  return noise;
}

bool NoiseReport::supported() const {
  return std::ranges::all_of(benchmarks,
                             [](const Noise& noise) { return noise.supported || noise.skipped; });
}

}  // namespace pulsebench::compare
