#include "pulsebench/report/comparison_parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Census;
using compare::Comparison;
using compare::Judged;
using compare::RunVerdict;

bool is_regressed(const Judged& judged) { return judged.fails(); }

bool is_missing(const Judged& judged) { return judged.missing; }

/// The declared tiers of some operations, and how many operations declare none.
struct Tiers {
  std::vector<int> numbers;
  std::ptrdiff_t without = 0;
};

/// Of the operations that gate, or do not, among `which`. Floors have no tier of their own.
template <typename Which>
Tiers tiers_of(const Comparison& comparison, Which which, bool gating) {
  const auto is_one = [&](const Judged& judged) {
    return which(judged) && judged.gates == gating && judged.info.role == Role::operation;
  };
  Tiers tiers;
  for (const Tier tier : kTiers) {
    const auto is_of_tier = [&](const Judged& judged) {
      return is_one(judged) && judged.info.tier_declared && judged.info.tier == tier;
    };
    if (std::ranges::any_of(comparison.benchmarks, is_of_tier)) {
      tiers.numbers.push_back(number_of(tier));
    }
  }
  tiers.without = std::ranges::count_if(comparison.benchmarks, [&](const Judged& judged) {
    return is_one(judged) && !judged.info.tier_declared;
  });
  return tiers;
}

/// "tier 0 gates", "tiers 1 and 3 do not gate", "it gates" of one without a tier, "floors do not
/// gate".
template <typename Which>
std::string whether_it_gates(const Comparison& comparison, Which which, bool gating) {
  const auto [numbers, without] = tiers_of(comparison, which, gating);
  if (numbers.empty() && without == 0) return "floors do not gate";
  std::string subject = without == 1 ? "it" : "they";
  bool one = without == 1;
  if (!numbers.empty()) {
    one = numbers.size() == 1 && without == 0;
    subject = fmt::format("{} {}{}", numbers.size() == 1 ? "tier" : "tiers",
                          fmt::join(numbers, " and "), without > 0 ? " and those without one" : "");
  }
  const char* does = gating ? (one ? "gates" : "gate") : (one ? "does not gate" : "do not gate");
  return fmt::format("{} {}", subject, does);
}

/// "1 of 8 benchmarks is", "2 of 8 benchmarks are".
std::string some_are(std::ptrdiff_t some, std::ptrdiff_t all) {
  return fmt::format("{} of {} {}", render::format_count(some),
                     render::format_count(all, "benchmark", "benchmarks"),
                     some == 1 ? "is" : "are");
}

/// "beyond its threshold".
std::string beyond(std::ptrdiff_t some) {
  return fmt::format("beyond {} threshold", some == 1 ? "its" : "their");
}

/// What the verdict says by itself.
std::string sentence(RunVerdict verdict, const Comparison& comparison, const Census& census) {
  const auto of_all = [&](std::ptrdiff_t some) { return some_are(some, census.all); };
  switch (verdict) {
    case RunVerdict::regressed:
      return fmt::format("{} slower {}; {}", of_all(census.regressed), beyond(census.regressed),
                         whether_it_gates(comparison, is_regressed, census.gating > 0));
    case RunVerdict::missing:
      return fmt::format("{} missing from {}; {}", of_all(census.missing),
                         printable(comparison.candidate_name),
                         whether_it_gates(comparison, is_missing, true));
    case RunVerdict::failed:
      return fmt::format("{} not measured in {}; the others did not regress", of_all(census.failed),
                         printable(comparison.candidate_name));
    case RunVerdict::inconclusive:
      return fmt::format("{} neither slower nor unchanged with confidence; {}",
                         of_all(census.inconclusive),
                         census.approved > 0 ? "what regressed is approved" : "nothing regressed");
    case RunVerdict::approved:
      return fmt::format("{} slower {}, and approved; nothing else regressed",
                         of_all(census.approved), beyond(census.approved));
    case RunVerdict::unconfirmed:
      return fmt::format("{} faster {} in the stored results alone; nothing regressed",
                         of_all(census.unconfirmed), beyond(census.unconfirmed));
    case RunVerdict::improved:
      return fmt::format("{} faster {}; nothing regressed", of_all(census.improved),
                         beyond(census.improved));
    case RunVerdict::unchanged:
      return fmt::format("{} within {} threshold", of_all(census.unchanged),
                         census.unchanged == 1 ? "its" : "their");
    case RunVerdict::not_judged:
      if (census.all == 0) return "neither result has a benchmark";
      if (comparison.imported()) return "imported results are shown, and never judged";
      return fmt::format("none of {} could be judged",
                         render::format_count(census.all, "benchmark", "benchmarks"));
  }
  return "";
}

}  // namespace

std::string headline(const Comparison& comparison) {
  const Census census = compare::census_of(comparison);
  const RunVerdict verdict = verdict_of(comparison);
  std::string line = sentence(verdict, comparison, census);
  if (verdict != RunVerdict::missing && census.missing > 0) {
    line += fmt::format("; {} missing from {}", render::format_count(census.missing),
                        printable(comparison.candidate_name));
  }
  if (census.same_code > 0) {
    line += fmt::format("; {} {} the same code", render::format_count(census.same_code),
                        census.same_code == 1 ? "has" : "have");
  }
  if (comparison.candidate_name == compare::kWorkingTree) {
    line += "; the working tree was built in a copy";
  }
  return line;
}

}  // namespace pulsebench::report
