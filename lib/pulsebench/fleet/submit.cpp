#include "pulsebench/fleet/submit.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>

#include "pulsebench/fleet/costs.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/fleet/plan_of.hpp"
#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/fleet/shards.hpp"
#include "pulsebench/fleet/slurm.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace fs = std::filesystem;

namespace {

constexpr const char* kScript = "task.sh";

/// A folder that goes with all its content, unless it is kept.
class Unsubmitted {
 public:
  explicit Unsubmitted(fs::path folder) : folder_(std::move(folder)) {}
  ~Unsubmitted() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  Unsubmitted(const Unsubmitted&) = delete;
  Unsubmitted& operator=(const Unsubmitted&) = delete;

  void keep() { folder_.clear(); }

 private:
  fs::path folder_;
};

/// Sortable by time, as the ids of other runs.
std::string id_of_run(std::uint64_t seed, std::chrono::system_clock::time_point now) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{:06x}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)), seed & 0xFFFFFFU);
}

Result<void> check_request(const SubmitRequest& request) {
  const ClusterRequest& cluster = request.cluster;
  if (!cluster.kind.empty() && !is_hex(cluster.kind, 16)) {
    return fail(ErrorCode::bad_input, "--kind '" + printable(cluster.kind) +
                                          "' is not a key of 16 hexadecimal digits; pulsebench "
                                          "fleet kinds prints those of the nodes");
  }
  return {};
}

/// The nodes that the tasks may run on.
struct Machines {
  std::string key;
  std::string constraint;
  std::size_t nodes = 0;
};

/// The feature of a kind is asked for where it is known to Slurm, or the user asked for the kind.
Result<Machines> choose_machines(const ClusterRequest& request, const session::Session& session,
                                 const Slurm& slurm) {
  Machines machines{.key = request.kind, .constraint = request.constraint};
  if (machines.key.empty()) machines.key = machine::fingerprint(session.environment.machine).key;
  PB_TRY(const auto nodes, slurm.nodes());
  const std::string feature = "key_" + machines.key;
  const bool is_known = std::ranges::any_of(
      nodes, [&](const ClusterNode& node) { return node.has_feature(feature); });
  if (machines.constraint.empty() && (is_known || !request.kind.empty())) {
    machines.constraint = feature;
  }
  // A constraint may be an expression, which Slurm alone reads.
  const bool is_feature = std::ranges::any_of(
      nodes, [&](const ClusterNode& node) { return node.has_feature(machines.constraint); });
  machines.nodes = static_cast<std::size_t>(std::ranges::count_if(nodes, [&](const auto& node) {
    const bool fits = !is_feature || node.has_feature(machines.constraint);
    return node.usable && fits && node.is_in(request.partition);
  }));
  return machines;
}

/// Gives each benchmark its seconds and its shard.
void make_shards(Plan& plan, const SubmitRequest& request, const Machines& machines,
                 std::size_t most_tasks) {
  expect_seconds(plan.benchmarks, seconds_of_last_run(request.spool));
  std::vector<double> seconds;
  for (const PlannedBenchmark& benchmark : plan.benchmarks) seconds.push_back(benchmark.seconds);
  const Shards shards =
      share_out(seconds, {.nodes = machines.nodes,
                          .most = most_tasks,
                          .asked = static_cast<std::size_t>(request.cluster.shards)});
  plan.shards = shards.size();
  for (std::size_t shard = 0; shard < shards.size(); ++shard) {
    for (const std::size_t benchmark : shards[shard]) plan.benchmarks[benchmark].shard = shard;
  }
}

Submitted summary_of(const Plan& plan, const RunFolder& folder, const Machines& machines) {
  Submitted submitted{.run = plan.run,
                      .folder = folder.path(),
                      .job = {},
                      .machine_key = plan.machine_key,
                      .constraint = machines.constraint,
                      .benchmarks = plan.benchmarks.size(),
                      .shards = plan.shards,
                      .nodes = machines.nodes};
  std::vector<double> loads(plan.shards);
  for (const PlannedBenchmark& benchmark : plan.benchmarks) {
    loads[benchmark.shard] += benchmark.seconds;
    submitted.total_seconds += benchmark.seconds;
    submitted.estimated += benchmark.estimated ? 1U : 0U;
  }
  submitted.longest_seconds = *std::ranges::max_element(loads);
  return submitted;
}

Result<std::string> send(const RunFolder& folder, std::vector<std::size_t> tasks,
                         const ClusterRequest& cluster, const std::string& constraint,
                         const Slurm& slurm) {
  PB_TRY(auto job, slurm.submit({.run_folder = folder.path().string(),
                                 .tasks = std::move(tasks),
                                 .at_once = static_cast<std::size_t>(cluster.at_once),
                                 .partition = cluster.partition,
                                 .constraint = constraint,
                                 .options = cluster.options},
                                (folder.path() / kScript).string()));
  PB_CHECK(folder.add_job(job));
  return job;
}

std::vector<std::size_t> all_tasks(std::size_t count) {
  std::vector<std::size_t> tasks;
  for (std::size_t i = 0; i < count; ++i) tasks.push_back(i);
  return tasks;
}

}  // namespace

Result<Submitted> submit(const session::Session& session, const SubmitRequest& request) {
  const run::Interrupt interrupt;
  PB_CHECK(check_request(request));
  PB_TRY(const Slurm slurm, Slurm::find());
  PB_TRY(const std::size_t most_tasks, slurm.most_tasks());
  PB_TRY(const Machines machines, choose_machines(request.cluster, session, slurm));
  PB_TRY(Sendable sendable, sendable_of(session, request.ab));

  const auto now = std::chrono::system_clock::now();
  const std::string id = id_of_run(sendable.ab.paired.seed, now);
  PB_TRY(const RunFolder folder, RunFolder::make(request.spool / id));
  Unsubmitted unsubmitted{folder.path()};
  PB_TRY(Plan plan, plan_of(sendable, request.ab, folder));
  plan.run = id;
  plan.created =
      fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
  plan.tool_version = request.tool_version;
  plan.machine_key = machines.key;
  make_shards(plan, request, machines, most_tasks);
  sendable.unmeasured.machine_key = plan.machine_key;
  PB_CHECK(write_plan(plan, sendable, session.workspace, folder));
  PB_CHECK(folder.files().write(kScript, task_script(plan.tool)));

  Submitted submitted = summary_of(plan, folder, machines);
  submitted.unsent = sendable.unsent;
  if (interrupt.signal() != 0) {
    return fail(ErrorCode::interrupted, "interrupted before the run was submitted");
  }
  PB_TRY(submitted.job,
         send(folder, all_tasks(plan.shards), request.cluster, machines.constraint, slurm));
  unsubmitted.keep();
  return submitted;
}

Result<Submitted> resubmit(const SubmitRequest& request, const std::string& run) {
  PB_TRY(const Slurm slurm, Slurm::find());
  PB_TRY(const RunFolder folder, find_run(request.spool, run));
  PB_TRY(const Plan plan, folder.plan());
  PB_TRY(const Jobs jobs, folder.jobs());
  PB_TRY(const auto queued, slurm.queue(jobs));
  if (!queued.empty()) {
    return fail(ErrorCode::bad_input,
                fmt::format("{} tasks of run {} still wait or run; see pulsebench fleet status",
                            queued.size(), plan.run));
  }
  PB_TRY(const auto measured, folder.measured());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    if (!measured.contains(i)) open.push_back(plan.benchmarks[i].shard);
  }
  if (open.empty()) {
    return fail(ErrorCode::bad_input, "every benchmark of run " + plan.run +
                                          " has a result; see it with pulsebench fleet collect");
  }
  const std::size_t benchmarks = open.size();
  std::ranges::sort(open);
  open.erase(std::unique(open.begin(), open.end()), open.end());
  PB_CHECK(folder.forget_attempts());
  Submitted submitted = summary_of(plan, folder, {.key = plan.machine_key, .constraint = {}});
  submitted.benchmarks = benchmarks;
  submitted.shards = open.size();
  std::string constraint = request.cluster.constraint;
  PB_TRY(const auto nodes, slurm.nodes());
  const std::string feature = "key_" + plan.machine_key;
  for (const ClusterNode& node : nodes) {
    if (constraint.empty() && node.has_feature(feature)) constraint = feature;
  }
  submitted.constraint = constraint;
  PB_TRY(submitted.job, send(folder, open, request.cluster, constraint, slurm));
  return submitted;
}

}  // namespace pulsebench::fleet
