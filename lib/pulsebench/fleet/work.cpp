#include "pulsebench/fleet/work.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/session/ab.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace fs = std::filesystem;

namespace {

using compare::Comparison;
using compare::Judged;

/// The suites of a plan, copied to this machine and opened once each.
class Suites {
 public:
  Suites(const Plan& plan, const RunFolder& run, const session::Session& session, fs::path folder)
      : plan_(plan), run_(run), session_(session), folder_(std::move(folder)) {}

  /// The suite with that benchmark alone, under the id of the plan.
  Result<run::Suite> with_only(const PlannedSide& side, const PlannedBenchmark& benchmark) {
    if (!opened_.contains(side.program)) {
      PB_TRY(auto suite, open(side.program));
      opened_.emplace(side.program, std::move(suite));
    }
    run::Suite suite = opened_.at(side.program);
    const bool has_names = !suite.native_names.empty();
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      BenchmarkInfo info = suite.benchmarks[i];
      if ((has_names ? suite.native_names[i] : info.id.text()) != side.name) continue;
      info.id = benchmark.id;
      info.tier = benchmark.tier;
      info.tier_declared = benchmark.tier_declared;
      suite.benchmarks = {std::move(info)};
      suite.native_names = {side.name};
      return suite;
    }
    return fail(ErrorCode::nothing_measured,
                fmt::format("{} has no benchmark '{}' on this node",
                            printable(plan_.programs[side.program].name), printable(side.name)));
  }

 private:
  /// Both sides lie in paths of one length: their processes start with the same stack.
  Result<run::Suite> open(std::size_t number) {
    const PlannedProgram& program = plan_.programs[number];
    const fs::path file = folder_ / fmt::format("p{:06}", number) / program.name;
    PB_CHECK(run_.fetch_program(program.sha256, file));
    PB_TRY(auto suites, session_.open_suites({{.executable = file, .options = program.options}}));
    return std::move(suites.front());
  }

  const Plan& plan_;
  const RunFolder& run_;
  const session::Session& session_;
  fs::path folder_;
  std::map<std::size_t, run::Suite> opened_;
};

/// What is asked of `ab` for one benchmark: the rule is that of the whole run.
session::AbRequest request_for(const PlannedBenchmark& benchmark, const Plan& plan) {
  session::AbRequest request;
  request.paired.family = plan.family;
  request.paired.family_alpha = plan.family_alpha;
  request.paired.seed = plan.seed;
  request.paired.max_blocks = plan.max_blocks;
  request.paired.no_tune = plan.no_tune;
  request.gates = plan.gates;
  if (benchmark.inject_percent > 0.0) {
    request.paired.selection.inject = {{benchmark.id.text(), benchmark.inject_percent}};
  }
  return request;
}

/// The result of a benchmark that is not measured any more.
Comparison given_up(const PlannedBenchmark& benchmark, const Plan& plan,
                    const std::vector<std::string>& nodes) {
  Judged judged{.info = {.id = benchmark.id, .tier = benchmark.tier}};
  judged.info.tier_declared = benchmark.tier_declared;
  judged.failed = true;
  judged.family = plan.family;
  judged.host = nodes.back();
  judged.reasons = {{.code = compare::ReasonCode::side_failed,
                     .texts = {fmt::format("{} nodes died while they measured it: {}", nodes.size(),
                                           fmt::join(nodes, ", "))}}};
  Comparison comparison;
  comparison.benchmarks = {std::move(judged)};
  comparison.visit_share = 0.0;
  comparison.seed = plan.seed;
  return comparison;
}

/// One life of a task on a machine of the right kind.
class Task {
 public:
  Task(const TaskRequest& request, const RunFolder& run, const Plan& plan,
       const session::Session& session)
      : request_(request),
        run_(run),
        plan_(plan),
        session_(session),
        suites_(plan, run, session, session.workspace.root / "programs") {}

  Result<TaskResult> measure_all() {
    PB_TRY(const auto measured, run_.measured());
    PB_TRY(const auto attempts, run_.attempts());
    const auto shards = shards_of(plan_);
    for (const std::size_t at : shards.at(request_.shard)) {
      if (measured.contains(at)) {
        ++done_.kept;
        continue;
      }
      const auto deaths = attempts.find(at);
      if (deaths != attempts.end() && deaths->second.size() >= kMostDeaths) {
        PB_CHECK(store(at, given_up(plan_.benchmarks[at], plan_, deaths->second)));
        ++done_.given_up;
        continue;
      }
      PB_CHECK(run_.begin_attempt(at, request_.life, {.node = request_.node}));
      const auto stored = measure(at);
      run_.end_attempt(at, request_.life);
      if (!stored) return Failure{stored.error()};
      if (done_.interrupted_by != 0) break;
    }
    return done_;
  }

 private:
  Result<void> measure(std::size_t at) {
    const PlannedBenchmark& benchmark = plan_.benchmarks[at];
    PB_TRY(auto before, suites_.with_only(benchmark.old_side, benchmark));
    PB_TRY(auto now, suites_.with_only(benchmark.new_side, benchmark));
    session::BothSides sides{
        .old_side = {.name = "old", .commit = {}, .origin = {}, .suites = {std::move(before)}},
        .new_side = {.name = "new", .commit = {}, .origin = {}, .suites = {std::move(now)}}};
    PB_TRY(auto result, session::ab(session_, request_for(benchmark, plan_), std::move(sides)));
    done_.interrupted_by = result.interrupted_by != 0 ? result.interrupted_by : interrupt_.signal();
    if (result.interrupted_by != 0) return {};
    ++done_.measured;
    return store(at, std::move(result.comparison));
  }

  Result<void> store(std::size_t at, Comparison comparison) {
    comparison.machine_key = plan_.machine_key;
    for (Judged& judged : comparison.benchmarks) {
      if (judged.host.empty()) judged.host = request_.node;
    }
    return run_.write_result(at, comparison, compare::exit_code_of(comparison, false, 0));
  }

  const TaskRequest& request_;
  const RunFolder& run_;
  const Plan& plan_;
  const session::Session& session_;
  Suites suites_;
  run::Interrupt interrupt_;  // also between two benchmarks
  TaskResult done_;
};

/// A session in a folder of this machine: nothing is read from the shared one while it measures.
Result<session::Session> session_on_node(const RunFolder& run, const fs::path& folder,
                                         const OpenSession& open_session) {
  const auto configuration = run.files().read("project.json");
  if (configuration) {
    PB_CHECK(os::GuardedFolder{folder}.write("pulsebench.json", *configuration));
  } else if (configuration.error().code != ErrorCode::not_found) {
    return Failure{configuration.error()};
  }
  return open_session(folder);
}

Result<TaskResult> work_on(const TaskRequest& request, const RunFolder& run, const Plan& plan,
                           const session::Session& session, TaskRecord& record) {
  record.machine_key = machine::fingerprint(session.environment.machine).key;
  if (record.machine_key != plan.machine_key) {
    record.state = TaskState::wrong_kind;
    return fail(ErrorCode::not_comparable,
                fmt::format("node {} is a machine of the kind {}, and the run is for {}: nothing "
                            "was measured; see pulsebench fleet kinds",
                            request.node, record.machine_key, plan.machine_key));
  }
  return Task{request, run, plan, session}.measure_all();
}

}  // namespace

Result<TaskResult> work(const TaskRequest& request, const OpenSession& open_session) {
  PB_TRY(const RunFolder run, RunFolder::open(request.run_folder));
  PB_TRY(const Plan plan, run.plan());
  if (request.shard >= plan.shards) {
    return fail(ErrorCode::bad_input, fmt::format("run {} has {} shards, and none of the number {}",
                                                  plan.run, plan.shards, request.shard));
  }
  PB_TRY(const auto here, os::TemporaryFolder::make());
  PB_TRY(const auto session, session_on_node(run, here.path(), open_session));
  TaskRecord record{.state = TaskState::failed, .node = request.node, .machine_key = {}};
  auto done = work_on(request, run, plan, session, record);
  if (!done) {
    record.why = done.error().message;
  } else {
    record.state = done->interrupted_by == 0 ? TaskState::measured : TaskState::interrupted;
  }
  PB_CHECK(run.write_task(request.shard, record));
  return done;
}

}  // namespace pulsebench::fleet
