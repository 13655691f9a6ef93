#include "pulsebench/report/run_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/hardware_class.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

constexpr std::size_t kNamesInHeadline = 2;

using compare::TargetVerdict;

/// The operations of a tier by how they stand to their targets.
using Tally = std::map<TargetVerdict, std::vector<std::string>>;

/// The operations of `tier`; those that have none where it is absent.
Tally tally_of(const baseline::Document& document, std::optional<Tier> tier) {
  Tally tally;
  for (const auto& result : document.benchmarks) {
    const std::optional<Tier> own =
        result.info.tier_declared ? std::optional{result.info.tier} : std::nullopt;
    if (result.info.role == Role::floor || own != tier) continue;
    tally[compare::target_verdict(result)].push_back(result.info.id.text());
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

render::Text clause_of(std::optional<Tier> tier, Tally tally) {
  render::Text clause{tier ? fmt::format("tier {}: ", number_of(*tier)) : ""};
  const auto& missed = tally[TargetVerdict::missed];
  const auto& close = tally[TargetVerdict::cannot_tell];
  const std::size_t met = tally[TargetVerdict::met].size();
  const std::size_t without = tally[TargetVerdict::no_target].size();
  const std::size_t with =
      met + missed.size() + close.size() + tally[TargetVerdict::not_measured].size();
  if (with == 0) {
    return tier ? clause.add(fmt::format("{} measured, no targets", without))
                : clause.add(render::format_count(static_cast<long long>(without),
                                                  "benchmark measured", "benchmarks measured"));
  }
  clause.add(fmt::format("{} of {} within target", met, with),
             met == with ? render::Tone::good : render::Tone::plain);
  if (!missed.empty()) clause.add(", ").append(some(missed, "over", render::Tone::bad));
  if (!close.empty()) {
    clause.add(", ").append(some(close, "too close to tell", render::Tone::doubtful));
  }
  return without == 0 ? clause : clause.add(fmt::format(", {} without a target", without));
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

std::string hardware_of_targets(const baseline::Document& document) {
  const auto has_target = [](const baseline::BenchmarkResult& result) {
    return result.target || result.max_allocations;
  };
  if (std::ranges::none_of(document.benchmarks, has_target)) return "";
  const auto& facts = document.machine.shown;
  const auto fact =
      std::ranges::find(facts, std::string{kHardwareClassFact}, &NamedFacts::value_type::first);
  return fact == facts.end() ? "" : printable(fact->second, 40);
}

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
  if (document.imported_from) {  // it has no tiers
    clauses.emplace_back(
        render::format_count(total - failed, "benchmark measured", "benchmarks measured"));
    clauses.emplace_back("imported from " + document.imported_from->tool);
    return headline;
  }
  for (const std::optional<Tier> tier :
       {std::optional{Tier::critical}, std::optional{Tier::fast}, std::optional{Tier::concurrent},
        std::optional{Tier::system}, std::optional<Tier>{}}) {
    const Tally tally = tally_of(document, tier);
    if (!tally.empty()) clauses.push_back(clause_of(tier, tally));
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
