#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"

namespace pulsebench::compare {

/// One commit, as git shows it.
struct CommitFacts {
  std::string hash;  ///< 40 digits or more
  std::vector<std::string> parents;
  std::string author, date, subject;  ///< anybody's text; `date` is RFC 3339
};

/// What a measurement against the good commit says of another one.
enum class CommitFinding {
  not_slower,  ///< not beyond the threshold
  slower,
  skipped,  ///< it does not build, lacks the benchmark, or stayed inconclusive
};

/// A commit of the range that was tried.
struct BisectStep {
  std::size_t position = 0;  ///< in the range, oldest first, from 1
  CommitFacts commit;
  CommitFinding finding = CommitFinding::skipped;
  std::optional<Judged> judged = {};  ///< absent where it could not be measured
  std::string error = {};             ///< why not
};

enum class BisectOutcome {
  found,
  narrowed,      ///< to several commits: those between could not be judged
  not_slower,    ///< the bad commit is not slower than the good one
  inconclusive,  ///< no commit was found slower, and the bad one stayed inconclusive
  not_measured,  ///< no commit was found slower, and the bad one cannot be measured
  interrupted,
};

/// The search for the first commit that is slower than a good one.
struct Bisection {
  std::string good, bad;  ///< as the user wrote them
  std::string benchmark;
  std::size_t commits = 0;            ///< in the range, the bad one included
  std::vector<BisectStep> steps;      ///< in the order in which they were tried
  std::vector<CommitFacts> suspects;  ///< oldest first; one of them is the first slower one
  std::size_t suspect_count = 0;      ///< of many, `suspects` has the last and the first ones
  std::string merged_from;  ///< of a culprit that is a merge: the merge base of its parents
  int builds = 0;           ///< made for this search, failed ones too
  BisectOutcome outcome = BisectOutcome::not_measured;
  int interrupted_by = 0;
};

/// 0 where the first slower commit is found, 2 where the bad one is not slower, 3 where it cannot
/// be measured, 5 where the search stayed open, else that of the signal.
[[nodiscard]] ExitCode exit_code_of(const Bisection& bisection);

}  // namespace pulsebench::compare

namespace pulsebench {

template <>
inline constexpr std::array<Named<compare::CommitFinding>, 3> kNames<compare::CommitFinding>{
    {{compare::CommitFinding::not_slower, "not_slower"},
     {compare::CommitFinding::slower, "slower"},
     {compare::CommitFinding::skipped, "skipped"}}};

template <>
inline constexpr std::array<Named<compare::BisectOutcome>, 6> kNames<compare::BisectOutcome>{
    {{compare::BisectOutcome::found, "found"},
     {compare::BisectOutcome::narrowed, "narrowed"},
     {compare::BisectOutcome::not_slower, "not_slower"},
     {compare::BisectOutcome::inconclusive, "inconclusive"},
     {compare::BisectOutcome::not_measured, "not_measured"},
     {compare::BisectOutcome::interrupted, "interrupted"}}};

}  // namespace pulsebench
