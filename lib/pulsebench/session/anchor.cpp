#include "pulsebench/session/anchor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "pulsebench/compare/reasons.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/side_binaries.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

constexpr int kAnchorBlocks = 20;
constexpr std::size_t kFewestBlocks = 8;  // the median of fewer moves too much
constexpr double kAnchorSeconds = 300.0;  // no block starts later

/// The benchmarks without a ratio, by the reason.
using Missing = std::map<std::string, std::vector<std::string>>;

/// What is measured, and what is known without it.
struct AnchorPlan {
  std::vector<run::Subject> subjects;  ///< the anchor's side first
  AnchorResult result;
  Missing missing;
};

/// The executable of `suite` in `document`; empty where it is not one alone.
std::string only_build(const Document& document, const std::string& suite) {
  std::string sum;
  for (const SuiteBuild& build : document.suites) {
    if (build.name != suite) continue;
    if (!sum.empty() && sum != build.sha256) return "";
    sum = build.sha256;
  }
  return sum;
}

/// Why the two do not measure the same thing; empty where they do.
std::string why_other(const BenchmarkResult* then, const BenchmarkInfo& now) {
  if (then == nullptr) return "the anchor does not have it";
  if (then->info.version != now.version) return "the anchor has another version of it";
  if (then->info.threads != now.threads) return "the anchor has it with other threads";
  if (then->injected_percent) return "work was injected into it when the anchor was measured";
  return "";
}

AnchorPlan plan_of(const PreparedRun& prepared, const Document& anchor, const Document& tonight,
                   SideBinaries& binaries) {
  AnchorPlan plan;
  plan.result.measured.sha256 = trend::suites_sha256(anchor);
  const ResultsById then_by_id = by_id(anchor), now_by_id = by_id(tonight);
  const auto result_in = [](const ResultsById& results, const BenchmarkId& id) {
    const auto found = results.find(id);
    return found == results.end() ? nullptr : found->second;
  };
  for (const run::Subject& subject : prepared.subjects) {
    const BenchmarkId& id = subject.info.id;
    if (subject.info.role != Role::operation) continue;
    const BenchmarkResult* then = result_in(then_by_id, id);
    const BenchmarkResult* now = result_in(now_by_id, id);
    if (now == nullptr || !now->value) continue;  // it is in no line, and needs no ratio
    if (std::string why = why_other(then, subject.info); !why.empty()) {
      plan.missing[std::move(why)].push_back(id.text());
      continue;
    }
    const std::string sum = only_build(anchor, then->suite);
    if (!sum.empty() && sum == only_build(tonight, subject.suite)) {
      plan.result.measured.ratios.emplace(id, 1.0);
      continue;
    }
    auto source = binaries.source_of(anchor, *then, id);
    if (!source) {
      plan.missing[source.error().message].push_back(id.text());
      continue;
    }
    run::Subject both = subject;
    const bool foreign = both.sides.front().driver == run::Driver::foreign;
    if (!foreign && now->batching.operations > 0) both.batching = now->batching;
    both.sides.insert(both.sides.begin(), *std::move(source));
    plan.subjects.push_back(std::move(both));
  }
  return plan;
}

/// Measures the subjects of `plan`, and adds what is seen to its result.
Result<void> measure_blocks(const Session& session, const RunRequest& request,
                            const TunedMachine& machine, AnchorPlan& plan) {
  const double seconds = std::min(request.budget_seconds.value_or(kAnchorSeconds), kAnchorSeconds);
  PB_TRY(const PairedPlan paired,
         plan_pairs(session,
                    {.budget_seconds = seconds, .cpus = request.cpus, .no_tune = request.no_tune},
                    plan::exactly(kAnchorBlocks)));
  std::vector<std::vector<double>> changes(plan.subjects.size());
  const BlockJudge collect = [&](std::size_t i, const compare::BlockChange& block, bool last) {
    changes[i].push_back(block.low_quantile);
    return last;
  };
  const run::PairedRun run = measure_pairs(session, plan.subjects, paired, machine, collect,
                                           session.progress("anchor blocks"));
  plan.result.interrupted_by = run.interrupted_by;
  for (std::size_t i = 0; i < plan.subjects.size(); ++i) {
    const BenchmarkId& id = plan.subjects[i].info.id;
    if (const auto failure = failure_of(run.subjects[i])) {
      plan.missing[printable(failure->texts.front(), 200)].push_back(id.text());
    } else if (changes[i].size() < kFewestBlocks) {
      plan.missing[fmt::format("there was time for {} of {} blocks", changes[i].size(),
                               kAnchorBlocks)]
          .push_back(id.text());
    } else {
      plan.result.measured.ratios.emplace(id, std::exp(stats::median(changes[i])));
    }
  }
  return {};
}

void report_missing(const Session& session, const Missing& missing) {
  constexpr std::size_t kNamed = 3;
  for (const auto& [why, ids] : missing) {
    const std::vector<std::string> named(
        ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, ids.size())));
    session.notice(fmt::format(
        "no ratio to the anchor: {}{}: {}", fmt::join(named, ", "),
        ids.size() > kNamed ? fmt::format(" and {} more", ids.size() - kNamed) : "", why));
  }
}

}  // namespace

AnchorResult measure_anchor(const Session& session, const RunRequest& request,
                            const PreparedRun& prepared, const TunedMachine& machine,
                            const Document& tonight) {
  const auto anchor = session.workspace.store.load(kAnchor, baseline::Detail::judgement);
  if (!anchor && anchor.error().code == ErrorCode::not_found) {
    session.notice(
        "no anchor on this kind of machine, so a slower machine looks like slower code; keep this "
        "build as one: pulsebench baseline save anchor");
    return {};
  }
  if (!anchor || anchor->machine.key != tonight.machine.key) {
    session.notice("no anchor: " +
                   (anchor ? "it was measured on another machine" : anchor.error().message));
    return {};
  }
  SideBinaries binaries{session};
  AnchorPlan plan = plan_of(prepared, *anchor, tonight, binaries);
  if (!plan.subjects.empty()) {
    if (const auto done = measure_blocks(session, request, machine, plan); !done) {
      session.notice("no anchor: " + done.error().message);
      return {};
    }
  }
  report_missing(session, plan.missing);
  if (plan.result.measured.ratios.empty()) plan.result.measured.sha256.clear();
  return std::move(plan.result);
}

}  // namespace pulsebench::session
