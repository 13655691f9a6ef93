#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/noise_page.hpp"

namespace pulsebench::report {
namespace {

using compare::Noise;
using compare::NoiseReport;

constexpr double kMostOfThem = 0.95;

/// What `share` of the benchmarks resolve or better, rounded up to a tenth of a per cent.
std::string resolved(const NoiseReport& noise) {
  std::vector<double> resolved;
  for (const Noise& one : noise.benchmarks) {
    if (one.resolves) resolved.push_back(one.resolves->value);
  }
  const auto all = static_cast<long long>(noise.benchmarks.size());
  if (resolved.empty()) {
    return fmt::format("too few blocks to detect any change in {}",
                       render::format_count(all, "benchmark", "benchmarks"));
  }
  std::sort(resolved.begin(), resolved.end());
  const auto most =
      static_cast<std::size_t>(std::ceil(kMostOfThem * static_cast<double>(resolved.size())));
  const double tenths = std::max(1.0, std::ceil(10.0 * resolved[most - 1] - 1e-9));
  const auto reach = std::count_if(resolved.begin(), resolved.end(),
                                   [&](double percent) { return 10.0 * percent <= tenths; });
  return fmt::format("this machine resolves {:.1f} % or better on {} of {}", tenths / 10.0, reach,
                     render::format_count(all, "benchmark", "benchmarks"));
}

/// "tier 0's 5 % gate is supported for 18 of 20"; empty where the tier has no benchmark.
std::string of_tier(const NoiseReport& noise, Tier tier) {
  int all = 0;
  int supported = 0;
  bool gates = false;
  Percent finest{};
  for (const Noise& one : noise.benchmarks) {
    if (one.info.role != Role::operation || one.info.tier != tier) continue;
    finest = all == 0 ? one.threshold : std::min(finest, one.threshold);
    gates = gates || one.gates;
    ++all;
    supported += one.supported ? 1 : 0;
  }
  if (all == 0) return "";
  return fmt::format("tier {}'s {} % {} is supported for {} of {}", number_of(tier),
                     render::format_chosen_percent(finest), gates ? "gate" : "threshold", supported,
                     all);
}

}  // namespace

std::string headline(const NoiseReport& noise) {
  std::string sentence = resolved(noise);
  for (const Tier tier : kTiers) {
    if (const std::string part = of_tier(noise, tier); !part.empty()) sentence += "; " + part;
  }
  return sentence;
}

}  // namespace pulsebench::report
