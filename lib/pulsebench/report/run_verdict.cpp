#include "pulsebench/report/run_verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::Verdict;

/// How many benchmarks have which verdict.
struct Census {
  std::ptrdiff_t all = 0, regressed = 0, gating = 0, missing = 0, failed = 0, inconclusive = 0,
                 improved = 0, unchanged = 0, approved = 0;
};

Census census_of(const Comparison& comparison) {
  Census census;
  for (const Judged& judged : comparison.benchmarks) {
    ++census.all;
    census.missing += judged.missing ? 1 : 0;
    census.failed += judged.failed ? 1 : 0;
    const bool regressed = judged.verdict == Verdict::regressed && !judged.approved;
    census.approved += judged.verdict == Verdict::regressed && judged.approved ? 1 : 0;
    census.regressed += regressed ? 1 : 0;
    census.gating += regressed && judged.gates ? 1 : 0;
    census.inconclusive += judged.verdict == Verdict::inconclusive ? 1 : 0;
    census.improved += judged.verdict == Verdict::improved ? 1 : 0;
    census.unchanged += judged.verdict == Verdict::unchanged ? 1 : 0;
  }
  return census;
}

bool is_regressed(const Judged& judged) {
  return judged.verdict == Verdict::regressed && !judged.approved;
}

/// The tiers of the operations that gate, or do not, among `which`. Floors have none of their own.
template <typename Which>
std::vector<int> tiers_of(const Comparison& comparison, Which which, bool gating) {
  std::vector<int> numbers;
  for (const Tier tier : kTiers) {
    const auto is_one = [&](const Judged& judged) {
      return which(judged) && judged.gates == gating && judged.info.role == Role::operation &&
             judged.info.tier == tier;
    };
    if (std::any_of(comparison.benchmarks.begin(), comparison.benchmarks.end(), is_one)) {
      numbers.push_back(number_of(tier));
    }
  }
  return numbers;
}

/// "tier 0 gates", "tiers 1 and 3 do not gate", "floors do not gate".
template <typename Which>
std::string whether_it_gates(const Comparison& comparison, Which which, bool gating) {
  const std::vector<int> tiers = tiers_of(comparison, which, gating);
  if (tiers.empty()) return "floors do not gate";
  const bool one = tiers.size() == 1;
  const char* does = gating ? (one ? "gates" : "gate") : (one ? "does not gate" : "do not gate");
  return fmt::format("{} {} {}", one ? "tier" : "tiers", fmt::join(tiers, " and "), does);
}

std::string of_all(std::ptrdiff_t some, std::ptrdiff_t all) {
  return fmt::format("{} of {}", render::format_count(some),
                     render::format_count(all, "benchmark", "benchmarks"));
}

std::string regressed(const Comparison& comparison, const Census& census) {
  const char* slower = census.regressed == 1 ? "is slower beyond its threshold"
                                             : "are slower beyond their threshold";
  return fmt::format("{} {}; {}", of_all(census.regressed, census.all), slower,
                     whether_it_gates(comparison, is_regressed, census.gating > 0));
}

std::string missing(const Comparison& comparison, const Census& census) {
  return fmt::format("{} {} missing from {}; {}", of_all(census.missing, census.all),
                     census.missing == 1 ? "is" : "are", printable(comparison.candidate_name),
                     whether_it_gates(
                         comparison, [](const Judged& judged) { return judged.missing; }, true));
}

/// What the verdict says by itself.
std::string headline_of(RunVerdict verdict, const Comparison& comparison, const Census& census) {
  switch (verdict) {
    case RunVerdict::regressed:
      return regressed(comparison, census);
    case RunVerdict::missing:
      return missing(comparison, census);
    case RunVerdict::failed:
      return fmt::format("{} {} no measurement in {}; the others did not regress",
                         of_all(census.failed, census.all), census.failed == 1 ? "has" : "have",
                         printable(comparison.candidate_name));
    case RunVerdict::inconclusive:
      return fmt::format("{} can be told neither slower nor unchanged; {}",
                         of_all(census.inconclusive, census.all),
                         census.approved > 0 ? "what regressed is approved" : "nothing regressed");
    case RunVerdict::approved:
      return fmt::format("{} {} slower beyond {} threshold, and approved; nothing else regressed",
                         of_all(census.approved, census.all), census.approved == 1 ? "is" : "are",
                         census.approved == 1 ? "its" : "their");
    case RunVerdict::improved:
      return fmt::format("{} {} faster beyond {} threshold; nothing regressed",
                         of_all(census.improved, census.all), census.improved == 1 ? "is" : "are",
                         census.improved == 1 ? "its" : "their");
    case RunVerdict::unchanged:
      return fmt::format("{} within {} threshold", of_all(census.unchanged, census.all),
                         census.unchanged == 1 ? "its" : "their");
    case RunVerdict::not_judged:
      return census.all == 0
                 ? "there is no benchmark in either result"
                 : fmt::format("none of {} could be judged",
                               render::format_count(census.all, "benchmark", "benchmarks"));
  }
  return "";
}

}  // namespace

const char* name_of(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::regressed:
      return "regressed";
    case RunVerdict::missing:
      return "missing";
    case RunVerdict::failed:
      return "failed";
    case RunVerdict::inconclusive:
      return "inconclusive";
    case RunVerdict::approved:
      return "approved";
    case RunVerdict::improved:
      return "improved";
    case RunVerdict::unchanged:
      return "unchanged";
    case RunVerdict::not_judged:
      return "not_judged";
  }
  return "";
}

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::regressed:
      return "regressed";
    case Verdict::improved:
      return "improved";
    case Verdict::unchanged:
      return "unchanged";
    case Verdict::inconclusive:
      return "inconclusive";
    case Verdict::not_judged:
      return "not_judged";
  }
  return "";
}

RunVerdict verdict_of(const Comparison& comparison) {
  const Census census = census_of(comparison);
  if (census.gating > 0) return RunVerdict::regressed;
  const bool judged_nothing = comparison.judged_nothing();
  if (!judged_nothing && comparison.misses_gating()) return RunVerdict::missing;
  if (census.regressed > 0) return RunVerdict::regressed;
  if (census.failed > 0) return RunVerdict::failed;
  if (judged_nothing) return RunVerdict::not_judged;
  if (census.inconclusive > 0) return RunVerdict::inconclusive;
  if (census.approved > 0) return RunVerdict::approved;
  return census.improved > 0 ? RunVerdict::improved : RunVerdict::unchanged;
}

std::string headline(const Comparison& comparison) {
  const Census census = census_of(comparison);
  const RunVerdict verdict = verdict_of(comparison);
  std::string line = headline_of(verdict, comparison, census);
  if (verdict != RunVerdict::missing && census.missing > 0) {
    line += fmt::format("; {} missing from {}", render::format_count(census.missing),
                        printable(comparison.candidate_name));
  }
  return line;
}

}  // namespace pulsebench::report
