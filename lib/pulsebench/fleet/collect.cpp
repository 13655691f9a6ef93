#include "pulsebench/fleet/collect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/session/live_approvals.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace {

using compare::Comparison;
using compare::Judged;
using compare::Reason;
using compare::ReasonCode;

constexpr const char* kCollected = "collected.json";
constexpr std::size_t kLargestCollected = std::size_t{512} << 20U;

/// A benchmark that nothing is known of.
Judged without_result(const PlannedBenchmark& benchmark, const Plan& plan, std::string why) {
  Judged judged{.info = {.id = benchmark.id, .tier = benchmark.tier}};
  judged.info.tier_declared = benchmark.tier_declared;
  judged.failed = true;
  judged.family = plan.family;
  judged.reasons = {{.code = ReasonCode::side_failed, .texts = {std::move(why)}}};
  return judged;
}

/// The benchmark of a result, if it is of this plan and judged by its rule.
Result<Judged> checked(const Comparison& result, const PlannedBenchmark& benchmark,
                       const Plan& plan) {
  if (result.benchmarks.size() != 1 || result.benchmarks.front().info.id != benchmark.id) {
    return fail(ErrorCode::bad_input, "its result is of another benchmark");
  }
  Judged judged = result.benchmarks.front();
  const bool was_judged = judged.verdict != compare::Verdict::not_judged;
  if (was_judged && judged.family != plan.family) {
    return fail(ErrorCode::bad_input,
                fmt::format("its result was judged as one of {} benchmarks, not of {}",
                            judged.family, plan.family));
  }
  judged.info.version = benchmark.version;
  judged.base_id = benchmark.base_id;
  return judged;
}

void add_warnings(const std::vector<Reason>& found, std::vector<Reason>& all) {
  for (const Reason& reason : found) {
    if (std::ranges::find(all, reason) == all.end()) all.push_back(reason);
  }
}

/// Of all nodes, each weighed by its time.
double visit_share_of(const std::vector<Result<Comparison>>& results) {
  double in_visits = 0.0, seconds = 0.0;
  for (const auto& result : results) {
    if (!result || result->benchmarks.size() != 1) continue;
    const auto& live = result->benchmarks.front().live;
    if (!live) continue;
    in_visits += result->visit_share.value_or(0.0) * live->seconds;
    seconds += live->seconds;
  }
  return seconds > 0.0 ? in_visits / seconds : 0.0;
}

/// Why a benchmark has no result, as far as its task says.
std::string why_unmeasured(const PlannedBenchmark& benchmark, const Progress& progress) {
  const auto is_its = [&](const QueuedTask& task) { return task.shard == benchmark.shard; };
  const auto queued = std::ranges::find_if(progress.queued, is_its);
  if (queued != progress.queued.end()) {
    return queued->running ? fmt::format("not measured yet: its task runs on {}", queued->node)
                           : fmt::format("not measured yet: its task waits ({})", queued->reason);
  }
  const auto ended = progress.ended.find(benchmark.shard);
  if (ended == progress.ended.end()) return "its task never ran to an end; submit the run again";
  const TaskRecord& task = ended->second;
  switch (task.state) {
    case TaskState::wrong_kind:
      return fmt::format("its task ran on {}, a machine of another kind ({})", task.node,
                         task.machine_key);
    case TaskState::interrupted:
      return fmt::format("its task was interrupted on {}; submit the run again", task.node);
    case TaskState::failed:
      return fmt::format("its task failed on {}: {}", task.node, printable(task.why));
    case TaskState::measured:
      break;
  }
  return fmt::format("its result was lost on {}; submit the run again", task.node);
}

session::OldBuild old_build_of(const Plan& plan) {
  session::OldBuild old_build{.commit = plan.base_commit};
  for (const PlannedBenchmark& benchmark : plan.benchmarks) {
    old_build.sums.emplace(benchmark.id, plan.programs[benchmark.old_side.program].sha256);
  }
  return old_build;
}

/// Where all that ran were of another kind, that is the answer.
Result<void> check_kinds(const Plan& plan, const Progress& progress) {
  if (progress.measured > 0 || !progress.queued.empty()) return {};
  for (const auto& [shard, task] : progress.ended) {
    if (task.state != TaskState::wrong_kind) continue;
    return fail(ErrorCode::not_comparable,
                fmt::format("nothing was measured: node {} is a machine of the kind {}, and the "
                            "run is for {}; see pulsebench fleet kinds",
                            task.node, task.machine_key, plan.machine_key));
  }
  return {};
}

}  // namespace

Result<Comparison> put_together(const Plan& plan, Measurements measurements) {
  Comparison whole = std::move(measurements.unmeasured);
  const std::vector<Judged> left_out = std::exchange(whole.benchmarks, {});
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    const PlannedBenchmark& benchmark = plan.benchmarks[i];
    const auto& result = measurements.results[i];
    if (result && result->machine_key != plan.machine_key) {
      return fail(
          ErrorCode::not_comparable,
          fmt::format("'{}' was measured on a machine of the kind {}, and the run is for "
                      "{}; results of two kinds are never one",
                      benchmark.id.text(), printable(result->machine_key, 40), plan.machine_key));
    }
    auto judged = result ? checked(*result, benchmark, plan) : Failure{result.error()};
    if (judged) {
      add_warnings(result->warnings, whole.warnings);
      whole.benchmarks.push_back(*std::move(judged));
    } else {
      whole.benchmarks.push_back(without_result(benchmark, plan, judged.error().message));
    }
  }
  whole.benchmarks.insert(whole.benchmarks.end(), left_out.begin(), left_out.end());
  whole.visit_share = visit_share_of(measurements.results);
  whole.interval_level = compare::Live{}.interval_level;
  whole.machine_key = plan.machine_key;
  return whole;
}

Result<Comparison> collect(const session::Session& session, const RunFolder& run, const Plan& plan,
                           const Progress& progress) {
  PB_CHECK(check_kinds(plan, progress));
  Measurements measurements;
  PB_TRY(measurements.unmeasured, run.unmeasured());
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    auto stored = run.result(i);
    if (stored) {
      measurements.results.emplace_back(std::move(stored->comparison));
    } else if (stored.error().code == ErrorCode::not_found) {
      measurements.results.emplace_back(
          fail(ErrorCode::not_found, why_unmeasured(plan.benchmarks[i], progress)));
    } else {
      measurements.results.emplace_back(Failure{stored.error()});
    }
  }
  PB_TRY(Comparison whole, put_together(plan, std::move(measurements)));
  whole.missing_allowed = plan.gates.allow_missing;
  PB_TRY(const auto approvals, session.workspace.store.approvals());
  session::approve_live(whole, approvals, old_build_of(plan), session.workspace);
  const int code = compare::exit_code_of(whole, false, 0);
  PB_CHECK(run.files().write(kCollected, report::comparison_json(whole, code)));
  return whole;
}

Result<Comparison> read_collected(const RunFolder& run) {
  PB_TRY(const std::string text, run.files().read(kCollected, 0, kLargestCollected));
  PB_TRY(auto stored, report::read_comparison(text, (run.path() / kCollected).string()));
  return std::move(stored.comparison);
}

}  // namespace pulsebench::fleet
