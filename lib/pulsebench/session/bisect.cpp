#include "pulsebench/session/bisect.hpp"

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/plan/halving.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/session/ab.hpp"
#include "pulsebench/session/build_cache.hpp"
#include "pulsebench/session/commit_range.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using compare::Bisection;
using compare::BisectOutcome;
using compare::BisectStep;
using compare::CommitFinding;
using compare::Judged;
using compare::Verdict;

constexpr int kMostBlocksAgain = 1000;     // of a commit that was inconclusive
constexpr std::size_t kMostSuspects = 20;  // shown
constexpr std::size_t kShownDigits = 12;

std::string short_hash(const std::string& hash) { return hash.substr(0, kShownDigits); }

/// Returns the signal for an error that says that one arrived, else 0.
int signal_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::interrupted:
      return SIGINT;
    case ErrorCode::terminated:
      return SIGTERM;
    case ErrorCode::hung_up:
      return SIGHUP;
    default:
      return 0;
  }
}

/// Returns true for an error that another commit would not have: a full disk, a CPU that cannot be
/// had.
bool ends_the_search(ErrorCode code) {
  return code == ErrorCode::io || code == ErrorCode::bad_input;
}

CommitFinding finding_of(const std::optional<Judged>& judged) {
  if (!judged) return CommitFinding::skipped;
  switch (judged->verdict) {
    case Verdict::regressed:
      return CommitFinding::slower;
    case Verdict::improved:
    case Verdict::unchanged:
      return CommitFinding::not_slower;
    case Verdict::inconclusive:
    case Verdict::not_judged:
      return CommitFinding::skipped;
  }
  return CommitFinding::skipped;
}

plan::Finding mark_of(CommitFinding finding) {
  return finding == CommitFinding::slower       ? plan::Finding::slow
         : finding == CommitFinding::not_slower ? plan::Finding::fast
                                                : plan::Finding::skipped;
}

class Bisecting {
 public:
  Bisecting(const Session& session, const BisectRequest& request, CommitRange range)
      : session_(session),
        request_(request),
        root_(session.workspace.root),
        range_(std::move(range)),
        builds_(root_, build_facts(session.workspace.config,
                                   machine::fingerprint(session.environment.machine).key)),
        halving_(range_.hashes.size()) {
    found_.good = request.good;
    found_.bad = request.bad;
    found_.commits = range_.hashes.size();
  }

  Result<Bisection> run() {
    PB_CHECK(open_good());
    if (!stopped()) {
      announce();
      PB_CHECK(halve());
    }
    PB_CHECK(conclude());
    return std::move(found_);
  }

 private:
  /// Builds the good commit, and finds the benchmark in it.
  Result<void> open_good() {
    count_build(range_.good);
    const auto good =
        open_side(short_hash(range_.good), request_.paired.selection.options, session_);
    if (!good) return stop(good.error());
    PB_TRY(found_.benchmark,
           benchmark_of(good->suites, request_.paired.selection, session_.workspace.config));
    return {};
  }

  /// A signal ends the search; another error is the caller's.
  Result<void> stop(const Error& error) {
    found_.interrupted_by = signal_of(error.code);
    if (found_.interrupted_by != 0) return {};
    return Failure{error};
  }

  [[nodiscard]] bool stopped() {
    if (found_.interrupted_by == 0) found_.interrupted_by = interrupt_.signal();
    return found_.interrupted_by != 0;
  }

  void announce() {
    steps_planned_ = halving_.most_steps();
    const auto commits = static_cast<long long>(found_.commits);
    session_.notice(fmt::format(
        "{} commit{} from {} to {}, by first parents: at most {} to build and measure, unless some "
        "are skipped",
        commits, commits == 1 ? "" : "s", printable(request_.good), printable(request_.bad),
        steps_planned_));
  }

  /// The bad commit is measured first where it is built already, as by the `ab` before.
  Result<void> halve() {
    const std::size_t bad = range_.hashes.size() - 1;
    if (bad > 0 && is_built(range_.bad)) PB_CHECK(try_commit(bad));
    while (!stopped()) {
      const auto next = halving_.next();
      if (!next) return {};
      PB_CHECK(try_commit(*next));
    }
    return {};
  }

  Result<void> try_commit(std::size_t at) {
    BisectStep step{.position = at + 1, .commit = {}};
    PB_TRY(step.commit, read_commit(range_.hashes[at], root_));
    session_.notice(fmt::format("step {}, {} left: {} {}", found_.steps.size() + 1,
                                halving_.last() + 1 - halving_.first(),
                                short_hash(step.commit.hash), step.commit.subject));
    PB_TRY(const bool can_be_measured, open(step));
    if (can_be_measured) PB_CHECK(measure(step, request_.paired.max_blocks));
    const bool is_open = step.judged && step.judged->verdict == Verdict::inconclusive;
    if (is_open && !stopped()) {
      session_.notice("  inconclusive: measuring it longer");
      const int blocks = request_.paired.max_blocks.value_or(0);
      PB_CHECK(measure(step, std::max(kMostBlocksAgain, blocks)));
    }
    if (stopped()) return {};
    step.finding = finding_of(step.judged);
    halving_.mark(at, mark_of(step.finding));
    tell(step);
    found_.steps.push_back(std::move(step));
    return {};
  }

  /// Builds the commit; says in the step why it cannot be measured.
  Result<bool> open(BisectStep& step) {
    count_build(step.commit.hash);
    const auto side =
        open_side(short_hash(step.commit.hash), request_.paired.selection.options, session_);
    if (!side) {
      PB_CHECK(skip(step, side.error()));
      return false;
    }
    for (const run::Suite& suite : side->suites) {
      for (const BenchmarkInfo& info : suite.benchmarks) {
        if (info.id.text() == found_.benchmark) return true;
      }
    }
    step.error = "it does not have the benchmark";
    return false;
  }

  /// Another commit may do better, unless a signal or the machine stops the search.
  Result<void> skip(BisectStep& step, const Error& error) {
    if (ends_the_search(error.code)) return Failure{error};
    found_.interrupted_by = signal_of(error.code);
    step.judged.reset();
    step.error = error.message;
    return {};
  }

  Result<void> measure(BisectStep& step, std::optional<int> most_blocks) {
    AbRequest request{.old_side = short_hash(range_.good),
                      .new_side = short_hash(step.commit.hash)};
    request.paired = request_.paired;
    request.paired.selection.filter = pattern_of(found_.benchmark);
    request.paired.max_blocks = most_blocks;
    // Each commit may be measured twice, and each measurement gets its share.
    request.paired.family_alpha /= 2.0 * std::max(steps_planned_, 1);
    request.gates = request_.gates;
    auto result = ab(session_, request);
    if (!result) return skip(step, result.error());
    for (Judged& judged : result->comparison.benchmarks) {
      if (judged.info.id.text() == found_.benchmark) step.judged = std::move(judged);
    }
    return {};
  }

  void tell(const BisectStep& step) const {
    std::string line = "  " + spoken(step.finding);
    if (step.finding != CommitFinding::skipped) {
      line += fmt::format(": {:+.1f} %", step.judged->change.value);
    } else if (!step.error.empty()) {
      line += ": " + printable(step.error, 400);
    }
    session_.notice(line);
  }

  [[nodiscard]] bool is_built(const std::string& commit) const {
    return builds_.find(builds_.name_of(commit)).has_value();
  }

  void count_build(const std::string& commit) { found_.builds += is_built(commit) ? 0 : 1; }

  Result<void> conclude() {
    if (!halving_.none_is_slow()) {
      found_.suspect_count = halving_.last() + 1 - halving_.first();
      const std::size_t shown = std::min(found_.suspect_count, kMostSuspects);
      for (std::size_t i = 0; i < shown; ++i) {
        const std::size_t at = i + 1 == shown ? halving_.last() : halving_.first() + i;
        PB_TRY(auto commit, read_commit(range_.hashes[at], root_));
        found_.suspects.push_back(std::move(commit));
      }
    }
    found_.outcome = outcome();
    if (found_.outcome == BisectOutcome::found && found_.suspects.front().parents.size() > 1) {
      const auto& parents = found_.suspects.front().parents;
      found_.merged_from = merge_base_of(parents[0], parents[1], root_);
    }
    return {};
  }

  [[nodiscard]] BisectOutcome outcome() const {
    if (found_.interrupted_by != 0) return BisectOutcome::interrupted;
    if (halving_.none_is_slow()) return BisectOutcome::not_slower;
    if (halving_.confirmed()) {
      return found_.suspect_count == 1 ? BisectOutcome::found : BisectOutcome::narrowed;
    }
    const auto is_bad = [&](const BisectStep& step) { return step.position == found_.commits; };
    const auto bad = std::ranges::find_if(found_.steps, is_bad);
    const bool is_open =
        bad != found_.steps.end() && bad->judged && bad->judged->verdict == Verdict::inconclusive;
    return is_open ? BisectOutcome::inconclusive : BisectOutcome::not_measured;
  }

  const Session& session_;
  const BisectRequest& request_;
  std::filesystem::path root_;
  CommitRange range_;
  BuildCache builds_;
  plan::Halving halving_;
  run::Interrupt interrupt_;  ///< also between two steps
  int steps_planned_ = 0;
  Bisection found_;
};

}  // namespace

Result<Bisection> bisect(const Session& session, const BisectRequest& request) {
  if (request.paired.selection.filter.empty()) {
    return fail(ErrorCode::bad_input, "bisect follows one benchmark; name it with --filter ID");
  }
  PB_TRY(auto range, commits_between(request.good, request.bad, session.workspace.root));
  return Bisecting{session, request, std::move(range)}.run();
}

}  // namespace pulsebench::session
