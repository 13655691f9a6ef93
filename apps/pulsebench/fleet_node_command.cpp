#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "commands.hpp"
#include "fleet_options.hpp"
#include "output.hpp"
#include "pulsebench/fleet/kinds.hpp"
#include "pulsebench/fleet/pages.hpp"
#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/fleet/work.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

/// What a node does for a fleet: it measures a shard, or says which kind of machine it is.
namespace pulsebench::app {
namespace {

/// A variable that Slurm sets for every task.
Result<std::string> from_slurm(const char* name) {
  const char* const value = std::getenv(name);
  if (value != nullptr) return std::string{value};
  return fail(ErrorCode::bad_input, std::string{name} +
                                        " is not set: this is what a task of Slurm runs; begin "
                                        "with pulsebench fleet submit");
}

template <class Number>
Result<Number> number_from_slurm(const char* name, std::string_view text) {
  if (const auto number = number_in<Number>(text)) return *number;
  return fail(ErrorCode::bad_input,
              std::string{name} + "='" + printable(text) + "' is not a whole number");
}

Result<std::string> node_from_slurm() {
  PB_TRY(std::string node, from_slurm("SLURMD_NODENAME"));
  if (fleet::is_node_name(node)) return node;
  return fail(ErrorCode::bad_input,
              "SLURMD_NODENAME='" + printable(node) + "' is not the name of a node");
}

/// Where the script of a task begins.
Result<std::filesystem::path> folder_of_run() {
  std::error_code error;
  auto folder = std::filesystem::current_path(error);
  if (!error) return folder;
  return fail(ErrorCode::io, "the folder of the run is gone: " + error.message());
}

Result<fleet::TaskRequest> task_from_slurm() {
  fleet::TaskRequest task;
  PB_TRY(task.run_folder, folder_of_run());
  PB_TRY(const std::string shard, from_slurm("SLURM_ARRAY_TASK_ID"));
  PB_TRY(task.shard, number_from_slurm<std::size_t>("SLURM_ARRAY_TASK_ID", shard));
  PB_TRY(task.node, node_from_slurm());
  PB_TRY(task.life.job, from_slurm("SLURM_JOB_ID"));
  if (!fleet::is_job_id(task.life.job)) {
    return fail(ErrorCode::bad_input,
                "SLURM_JOB_ID='" + printable(task.life.job) + "' is not the number of a job");
  }
  const char* const restarts = std::getenv("SLURM_RESTART_COUNT");  // absent in the first life
  if (restarts != nullptr) {
    PB_TRY(task.life.restarts, number_from_slurm<int>("SLURM_RESTART_COUNT", restarts));
  }
  return task;
}

struct TaskCommand {
  void declare(CLI::App& app) const {
    show_examples(app, {"pulsebench fleet task   # in a job of Slurm, in the folder of a run"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto task, task_from_slurm());
    PB_TRY(const auto done, fleet::work(task, [&](const std::filesystem::path& folder) {
             context.root = folder.string();
             return context.open_session();
           }));
    PB_CHECK(context.console.write("task " + std::to_string(task.shard) + " on " + task.node +
                                   ": " + std::to_string(done.measured) + " measured, " +
                                   std::to_string(done.kept) + " had a result, " +
                                   std::to_string(done.given_up) + " given up\n"));
    return done.interrupted_by == 0 ? kNothingGates : exit_code_of_signal(done.interrupted_by);
  }
};

struct KindsCommand {
  fleet::KindsRequest request;
  bool here = false;
  SpoolOption spool;
  Output output;

  void declare(CLI::App& app) {
    spool.declare(app);
    OptionGroup machine{app, kMachine};
    machine.text("--partition NAME", request.partition, "only nodes of this one");
    machine.texts("--sbatch OPTION", request.options,
                  "an option for sbatch, as in --sbatch=--account=perf; may be repeated");
    machine.flag("--here", here, "what each node runs: it writes down its own kind");
    output.declare(app);
    show_examples(app, {"pulsebench fleet kinds --spool /shared/bench"});
  }

  Result<int> execute(Context& context) {
    if (here) return answer(context);
    PB_TRY(const auto session, context.open_session());
    request.spool = spool.folder(session);
    PB_TRY(const auto kinds, fleet::ask_kinds(request));
    PB_CHECK(output.show(fleet::kinds_page(kinds), context.console));
    return kinds.by_key.empty() ? kNotMeasured : kNothingGates;
  }

 private:
  static Result<int> answer(const Context& context) {
    PB_TRY(const std::string node, node_from_slurm());
    PB_TRY(const auto folder, folder_of_run());
    PB_CHECK(fleet::answer_kind(folder, node, machine::fingerprint(context.environment.machine)));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_fleet_task(CLI::App& app) { return declared<TaskCommand>(app); }
Execute declare_fleet_kinds(CLI::App& app) { return declared<KindsCommand>(app); }

}  // namespace pulsebench::app
