#include "pulsebench/report/run_headline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_notes.hpp"

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
        tally.missed.push_back(result.info.id.text());
        break;
      case compare::TargetVerdict::cannot_tell:
        tally.cannot_tell.push_back(result.info.id.text());
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
render::Text some(const std::vector<std::string>& names, const char* what, render::Tone tone) {
  render::Text text{fmt::format("{} {}", names.size(), what), tone};
  if (names.size() > kNamesInHeadline) return text;
  for (const std::string& name : names) {
    text.add(&name == &names.front() ? " (" : ", ").add_verbatim(name);
  }
  return text.add(")");
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
  if (!tally.missed.empty()) {
    clause.add(", ").append(some(tally.missed, "over", render::Tone::bad));
  }
  if (!tally.cannot_tell.empty()) {
    clause.add(", ").append(some(tally.cannot_tell, "too close to tell", render::Tone::doubtful));
  }
  if (tally.without_target > 0)
    clause.add(fmt::format(", {} without a target", tally.without_target));
  return clause;
}

/// The largest noise among the operations; negative where none is known.
double worst_noise(const baseline::Document& document) {
  double worst = -1.0;
  for (const auto& result : document.benchmarks) {
    if (result.info.role == Role::operation && result.robust_cv) {
      worst = std::max(worst, result.robust_cv->value);
    }
  }
  return worst;
}

}  // namespace

render::Headline run_headline(const baseline::Document& document, const TierDemands& demands) {
  render::Headline headline;
  auto& clauses = headline.clauses;
  const auto failed = std::ranges::count_if(document.benchmarks,
                                            [](const auto& result) { return !measured(result); });
  const auto total = static_cast<std::ptrdiff_t>(document.benchmarks.size());
  const bool nothing = failed == total;
  if (!document.complete || failed > 0 || nothing) headline.tone = render::Tone::bad;
  if (failed > 0 || nothing) headline.verdict = nothing ? "nothing measured" : "failed";
  if (!document.complete) {
    headline.verdict = "incomplete";
    clauses.emplace_back(document.incomplete_because);
  }
  if (failed > 0) {
    clauses.emplace_back(fmt::format("{} of {} {} no measurement", failed,
                                     render::format_count(total, "benchmark", "benchmarks"),
                                     failed == 1 ? "has" : "have"));
  }
  if (nothing) return headline;
  for (const Tier tier : kTiers) {
    const Tally tally = tally_of(document, tier);
    if (tally.benchmarks > 0) clauses.push_back(clause_of(tier, tally));
  }
  const double noise = worst_noise(document);
  if (noise >= 0.0) {
    clauses.emplace_back(fmt::format("noise at most {} %", render::format_percent(Percent{noise})));
  } else {
    clauses.emplace_back(render::format_count(total - failed, "floor measured", "floors measured"));
  }
  if (!short_tiers(document, demands).empty()) {
    clauses.emplace_back("too few launches to judge by", render::Tone::doubtful);
  }
  return headline;
}

}  // namespace pulsebench::report
