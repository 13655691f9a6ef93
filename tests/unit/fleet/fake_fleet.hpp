#pragma once

#include <filesystem>
#include <string>

#include "pulsebench/fleet/collect.hpp"
#include "pulsebench/fleet/plan_of.hpp"
#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/fleet/work.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "session/fake_project.hpp"

namespace pulsebench::fleet {

inline constexpr const char* kRun = "20261129T093712Z-000007";

/// A run that was submitted, without Slurm: two shards of a project whose suites are never started.
/// The nodes are threads of a test, one after the other.
class FakeFleet {
 public:
  FakeFleet(const session::FakeSuite& old_side, const session::FakeSuite& new_side) {
    request_.old_side = project.build("old/fake", old_side);
    request_.new_side = project.build("new/fake", new_side);
    request_.paired.no_tune = true;
    request_.paired.seed = 42;
    const auto sendable = sendable_of(project.session(), request_);
    REQUIRE(sendable);
    auto folder = RunFolder::make(project.path("spool") / kRun);
    REQUIRE(folder);
    auto plan = plan_of(*sendable, request_, *folder);
    REQUIRE(plan);
    plan->run = kRun;
    plan->created = "2026-11-29T09:37:12Z";
    plan->tool_version = "0";
    plan->machine_key = key();
    plan->shards = std::min<std::size_t>(2, plan->benchmarks.size());
    for (std::size_t i = 0; i < plan->benchmarks.size(); ++i) {
      plan->benchmarks[i].shard = i % plan->shards;
    }
    save(*plan, *sendable);
  }

  [[nodiscard]] std::string key() {
    return machine::fingerprint(project.session().environment.machine).key;
  }

  [[nodiscard]] RunFolder folder() const {
    auto opened = RunFolder::open(project.path("spool") / kRun);
    REQUIRE(opened);
    return *std::move(opened);
  }

  [[nodiscard]] Plan plan() const {
    auto read = folder().plan();
    REQUIRE(read);
    return *std::move(read);
  }

  void replace(const Plan& plan) const {
    REQUIRE(folder().files().write("plan.json", plan_text(plan)));
  }

  /// A life of a task on `node`.
  [[nodiscard]] Result<TaskResult> work_on(std::size_t shard, const std::string& node = "n1",
                                           int restarts = 0) {
    return work({.run_folder = project.path("spool") / kRun,
                 .shard = shard,
                 .node = node,
                 .life = {.job = "7", .restarts = restarts}},
                [&](const std::filesystem::path& here) -> Result<session::Session> {
                  auto session = project.session();
                  auto workspace =
                      session::open_workspace(here.string(), session.environment.machine);
                  REQUIRE(workspace);
                  session.workspace = *std::move(workspace);
                  return session;
                });
  }

  /// What `collect` says where no task is in the queue.
  [[nodiscard]] Result<compare::Comparison> collected() {
    Progress progress{.benchmarks = plan().benchmarks.size()};
    progress.measured = folder().measured()->size();
    for (std::size_t shard = 0; shard < plan().shards; ++shard) {
      if (const auto task = folder().task(shard); task && *task) {
        progress.ended.emplace(shard, **task);
      }
    }
    return collect(project.session(), folder(), plan(), progress);
  }

  /// What `ab` says of the same two sides.
  [[nodiscard]] compare::Comparison alone() {
    auto result = session::ab(project.session(), request_);
    REQUIRE(result);
    return std::move(result->comparison);
  }

  session::FakeProject project;

 private:
  void save(const Plan& plan, const Sendable& sendable) {
    REQUIRE(write_plan(plan, sendable, project.session().workspace, folder()));
  }

  session::AbRequest request_;
};

}  // namespace pulsebench::fleet
