#include "pulsebench/report/dashboard_headline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

constexpr std::size_t kNamesInHeadline = 2;

struct Tally {
  int benchmarks = 0, met = 0, without_target = 0, not_measured = 0;
  std::vector<std::string> missed, cannot_tell;
};

Tally tally_of(const baseline::Document& document, Tier tier) {
  Tally tally;
  for (const auto& result : document.benchmarks) {
    if (result.info.role == Role::floor || result.info.tier != tier) continue;
    ++tally.benchmarks;
    switch (compare::target_verdict(result)) {
      case compare::TargetVerdict::met:
        ++tally.met;
        break;
      case compare::TargetVerdict::missed:
        tally.missed.push_back(printable(result.info.id.text()));
        break;
      case compare::TargetVerdict::cannot_tell:
        tally.cannot_tell.push_back(printable(result.info.id.text()));
        break;
      case compare::TargetVerdict::no_target:
        ++tally.without_target;
        break;
      case compare::TargetVerdict::not_measured:
        ++tally.not_measured;
        break;
    }
  }
  return tally;
}

/// "1 over (budget/consume)", "5 over".
std::string some(const std::vector<std::string>& names, std::string_view what) {
  std::string number = fmt::format("{} {}", names.size(), what);
  if (names.size() > kNamesInHeadline) return number;
  return fmt::format("{} ({})", number, fmt::join(names, ", "));
}

render::Text clause_of(Tier tier, const Tally& tally) {
  render::Text clause{fmt::format("tier {}: ", number_of(tier))};
  const int with_target = tally.benchmarks - tally.without_target;
  if (with_target == 0) {
    return clause.add(fmt::format("{} measured, no targets", tally.benchmarks));
  }
  const bool all = tally.met == with_target;
  clause.add(fmt::format("{} of {} within target", tally.met, with_target),
             all ? render::Tone::good : render::Tone::plain);
  if (!tally.missed.empty()) clause.add(", ").add(some(tally.missed, "over"), render::Tone::bad);
  if (!tally.cannot_tell.empty()) {
    clause.add(", ").add(some(tally.cannot_tell, "too close to tell"), render::Tone::doubtful);
  }
  if (tally.without_target > 0)
    clause.add(fmt::format(", {} without a target", tally.without_target));
  return clause;
}

/// The largest spread of the launches among the operations; negative where none is known.
double worst_spread(const baseline::Document& document) {
  double worst = -1.0;
  for (const auto& result : document.benchmarks) {
    if (result.info.role == Role::operation && result.robust_cv) {
      worst = std::max(worst, result.robust_cv->value);
    }
  }
  return worst;
}

}  // namespace

std::vector<render::Text> run_headline(const baseline::Document& document,
                                       const TierDemands& demands) {
  std::vector<render::Text> clauses;
  const auto failed = std::count_if(document.benchmarks.begin(), document.benchmarks.end(),
                                    [](const auto& result) { return !measured(result); });
  const auto total = static_cast<std::ptrdiff_t>(document.benchmarks.size());
  if (!document.complete) {
    const std::string why = printable(document.incomplete_because);
    clauses.push_back(
        render::Text{"incomplete", render::Tone::bad}.add(why.empty() ? "" : ": " + why));
  }
  if (failed == total) {
    const std::string all =
        fmt::format(" of {}", render::format_count(total, "benchmark", "benchmarks"));
    clauses.push_back(
        render::Text{"nothing measured", render::Tone::bad}.add(total == 0 ? "" : all));
    return clauses;
  }
  if (failed > 0) {
    clauses.push_back(render::Text{"failed", render::Tone::bad}.add(fmt::format(
        ": {} of {} {} no measurement", failed,
        render::format_count(total, "benchmark", "benchmarks"), failed == 1 ? "has" : "have")));
  }
  for (const Tier tier : kTiers) {
    const Tally tally = tally_of(document, tier);
    if (tally.benchmarks > 0) clauses.push_back(clause_of(tier, tally));
  }
  const double spread = worst_spread(document);
  if (spread >= 0.0) {
    clauses.emplace_back(
        fmt::format("spread at most {} %", render::format_percent(Percent{spread})));
  } else {
    clauses.emplace_back(render::format_count(total - failed, "floor measured", "floors measured"));
  }
  if (!short_tiers(document, demands).empty()) {
    clauses.emplace_back("too few launches to judge by", render::Tone::doubtful);
  }
  return clauses;
}

}  // namespace pulsebench::report
