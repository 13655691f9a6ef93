#include "pulsebench/compare/reasons.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/compare/observations.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;

constexpr int kWorthTelling = 10;  // per cent of slices disturbed

const char* words_for(Status status) {
  switch (status) {
    case Status::ok:
      return "measured";
    case Status::measured_nothing:
      return "measured nothing";
    case Status::skipped:
      return "skipped";
    case Status::crashed:
      return "crashed";
    case Status::timed_out:
      return "timed out";
    case Status::failed:
      return "failed";
    case Status::not_measured:
      return "not measured";
  }
  return "";
}

/// The relative standard deviation of a single pair that the standard error stands for: a median of
/// n normal values has an error of 1.2533 SD / √n.
double spread_percent(const Evidence& evidence) {
  return 100.0 * evidence.sampling * std::sqrt(static_cast<double>(evidence.pairs)) / 1.2533;
}

}  // namespace

std::string describe(const Outcome& outcome) {
  return outcome.reason.empty()
             ? words_for(outcome.status)
             : fmt::format("{}: {}", words_for(outcome.status), printable(outcome.reason));
}

int disturbed_percent(const baseline::Launches& launches) {
  const auto sum = [](const std::vector<int>& column) {
    return std::accumulate(column.begin(), column.end(), 0.0);
  };
  const double slices = sum(launches.slices);
  return slices > 0.0 ? static_cast<int>(std::lround(100.0 * sum(launches.disturbed) / slices)) : 0;
}

std::string why_not_judged(const BenchmarkResult& base, const BenchmarkResult& candidate,
                           int pairs) {
  if (candidate.outcome.status != Status::ok) {
    return fmt::format("the new one {}", describe(candidate.outcome));
  }
  if (base.outcome.status != Status::ok) {
    return fmt::format("the old one {}", describe(base.outcome));
  }
  if (base.info.version != candidate.info.version) {
    return fmt::format("it measures something else now (version {} then, {} now)",
                       base.info.version, candidate.info.version);
  }
  if (base.info.threads != candidate.info.threads) {
    return fmt::format("it ran with {} threads then and {} now", base.info.threads,
                       candidate.info.threads);
  }
  if (pairs < kFewestPairs) {
    return fmt::format("{} launches pair with the old result's, {} are needed", pairs,
                       kFewestPairs);
  }
  return "";
}

std::string why_inconclusive(const Judged& judged, const Evidence& evidence) {
  const bool noise_of_launches = evidence.sampling > 0.5 * evidence.total;
  const double half_width = (judged.change_high.value - judged.change_low.value) / 2.0;
  if (noise_of_launches && half_width > judged.threshold.value / 2.0) {
    return fmt::format("spread of launches {:.1f} %: too noisy to call", spread_percent(evidence));
  }
  return fmt::format("{:+.1f} % is too near the threshold of {:g} % to call", judged.change.value,
                     judged.threshold.value);
}

std::string why_it_never_gates(const BenchmarkInfo& info) {
  return fmt::format("its {} threads are more than the CPUs: it never gates", info.threads);
}

std::string what_was_seen(const BenchmarkResult& base, const BenchmarkResult& candidate,
                          const Judged& judged) {
  std::vector<std::string> seen;
  if (candidate.injected_percent) {
    seen.push_back(fmt::format("{:g} % injected on purpose", *candidate.injected_percent));
  }
  if (judged.disturbed_percent_candidate >= kWorthTelling) {
    seen.push_back(fmt::format("{} % of new slices disturbed", judged.disturbed_percent_candidate));
  }
  if (judged.disturbed_percent_base >= kWorthTelling) {
    seen.push_back(fmt::format("{} % of old slices disturbed", judged.disturbed_percent_base));
  }
  if (judged.oversubscribed) seen.push_back(why_it_never_gates(judged.info));
  for (const auto& [result, side] : {std::pair{&candidate, "new"}, {&base, "old"}}) {
    if (auto modes = modes_seen(result->launches.p25, side); !modes.empty()) {
      seen.push_back(std::move(modes));
    }
  }
  if (base.info.tier != candidate.info.tier) {
    seen.push_back(fmt::format("was of tier {}, is of tier {}", number_of(base.info.tier),
                               number_of(candidate.info.tier)));
  }
  if (base.batching.operations != candidate.batching.operations) {
    seen.push_back(fmt::format("{} operations a slice then, {} now", base.batching.operations,
                               candidate.batching.operations));
  }
  return fmt::format("{}", fmt::join(seen, "; "));
}

}  // namespace pulsebench::compare
