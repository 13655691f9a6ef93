#include "commands.hpp"
#include "comparison_output.hpp"
#include "fleet_options.hpp"
#include "output.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/fleet/collect.hpp"
#include "pulsebench/fleet/pages.hpp"
#include "pulsebench/fleet/submit.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace fs = std::filesystem;

fs::path SpoolOption::folder(const session::Session& session) const {
  if (text_.empty()) return session.workspace.root / ".pulsebench/fleet";
  std::error_code ignored;
  return fs::absolute(text_, ignored).lexically_normal();
}

std::string SpoolOption::with(const std::string& command) const {
  return text_.empty() ? command : command + " --spool " + shell_word(printable(text_));
}

namespace {

struct SubmitCommand {
  fleet::SubmitRequest request;
  std::string resumed;
  SpoolOption spool;
  Output output;

  void declare(CLI::App& app) {
    OptionGroup arguments{app, kArguments};
    arguments.text("OLD", request.ab.old_side, "a build folder, an executable or a git revision");
    arguments.text("NEW", request.ab.new_side,
                   "the same, to be judged (default: the working tree, built in a copy)");
    OptionGroup what{app, kWhatToMeasure};
    what.flag("--merge-base", request.ab.merge_base,
              "the old side is the commit where the new side forked from OLD");
    declare_selection(app, request.ab.paired.selection);
    what.values("--inject ID=PERCENT", request.ab.paired.selection.inject, parse_injection,
                "add work to the new side on purpose, as in budget/consume=15 (percent)");
    what.text("--resume RUN", resumed,
              "submit again what has no result of an earlier run, or of last; without OLD and NEW");
    OptionGroup how_long{app, kHowLong};
    how_long.value("--max-blocks NUMBER", request.ab.paired.max_blocks, whole_number(4, 10'000),
                   "give up on a benchmark after this many (default: 128, and on to 256 within "
                   "3 s)");
    how_long.value("--seed NUMBER", request.ab.paired.seed, parse_seed,
                   "seed for the order of processes (default: random; printed)");
    OptionGroup{app, kVerdict}.value(
        "--family-alpha PROB", request.ab.paired.family_alpha, parse_probability,
        "maximum probability of any false alarm in the whole run (default 0.01)");
    declare_maps(app, request.ab.maps);
    declare_submitted_gates(app);
    declare_cluster(app);
    output.declare(app);
    show_examples(app, {"pulsebench fleet submit main --spool /shared/bench",
                        "pulsebench fleet submit build/old build/new --partition bench",
                        "pulsebench fleet submit --resume last"});
  }

  Result<int> execute(Context& context) {
    PB_TRY(const auto session, context.open_session());
    request.spool = spool.folder(session);
    request.tool_version = kVersion;
    PB_TRY(const auto submitted, send(session));
    const std::string next = spool.with("pulsebench fleet collect " + submitted.run + " --wait");
    PB_CHECK(output.show(fleet::submitted_page(submitted, next), context.console));
    return kNothingGates;
  }

 private:
  void declare_submitted_gates(CLI::App& app) {
    declare_threshold(app, request.ab.gates);
    OptionGroup verdict{app, kVerdict};
    verdict.value("--fail-on TIERS", request.ab.gates.fail_on, parse_tiers,
                  "tiers that gate, as in 0,1 (default 0)");
    verdict.flag("--allow-missing", request.ab.gates.allow_missing,
                 "do not fail if the new side lacks a benchmark of a tier that gates");
  }

  void declare_cluster(CLI::App& app) {
    spool.declare(app);
    OptionGroup machine{app, kMachine};
    fleet::ClusterRequest& cluster = request.cluster;
    machine.text("--partition NAME", cluster.partition, "of Slurm (default: Slurm's)");
    machine.text("--kind KEY", cluster.kind,
                 "measure on machines with this key alone (default: that of this machine)");
    machine.text("--constraint FEATURE", cluster.constraint,
                 "a feature that nodes need (default: key_KEY, where a node has it)");
    machine.value("--shards NUMBER", cluster.shards, whole_number(1, 1'000'000),
                  "split the run into so many tasks (default: two a node, at least 30 s each)");
    machine.value("--at-once NUMBER", cluster.at_once, whole_number(1, 1'000'000),
                  "run at most so many tasks at the same time (default: as many as nodes)");
    machine.texts("--sbatch OPTION", cluster.options,
                  "an option for sbatch, as in --sbatch=--account=perf; may be repeated");
    machine.flag("--no-tune", request.ab.paired.no_tune,
                 "leave the settings of the nodes alone (default: tune as far as permitted, and "
                 "put everything back)");
  }

  Result<fleet::Submitted> send(const session::Session& session) const {
    const bool has_sides = !request.ab.old_side.empty() || !request.ab.new_side.empty();
    if (has_sides != resumed.empty()) {
      return fail(ErrorCode::bad_input,
                  "name the sides OLD and NEW, or a run with --resume, and not both");
    }
    return has_sides ? fleet::submit(session, request) : fleet::resubmit(request, resumed);
  }
};

/// What `status` and `collect` share.
struct RunArgument {
  std::string name;
  SpoolOption spool;

  void declare(CLI::App& app) {
    OptionGroup{app, kArguments}
        .text("RUN", name, "the id that fleet submit printed, or last")
        ->required();
    spool.declare(app);
  }
};

struct StatusCommand {
  RunArgument run;
  Output output;

  void declare(CLI::App& app) {
    run.declare(app);
    output.declare(app);
    show_examples(app, {"pulsebench fleet status last"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto folder, fleet::find_run(run.spool.folder(session), run.name));
    PB_TRY(const auto plan, folder.plan());
    PB_TRY(const auto progress, fleet::progress_of(folder, plan));
    const auto page = fleet::status_page(
        plan, progress, run.spool.with("pulsebench fleet collect " + plan.run + " --wait"),
        run.spool.with("pulsebench fleet submit --resume " + plan.run));
    PB_CHECK(output.show(page, context.console));
    return kNothingGates;
  }
};

struct CollectCommand {
  RunArgument run;
  bool wait = false;
  bool strict = false;
  ComparisonOutput output;

  void declare(CLI::App& app) {
    run.declare(app);
    OptionGroup{app, kHowLong}.flag("--wait", wait, "until every task is at its end");
    OptionGroup{app, kVerdict}.flag("--strict", strict,
                                    "exit with 5 if the verdict is inconclusive");
    output.declare_stored(app);
    show_examples(app, {"pulsebench fleet collect last --wait",
                        "pulsebench fleet collect last --format json -o comparison.json"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto folder, fleet::find_run(run.spool.folder(session), run.name));
    PB_TRY(const auto plan, folder.plan());
    const fleet::Waiting waiting{.on_progress = [&](const fleet::Progress& now) {
      context.console.progress({.done = now.measured, .total = now.benchmarks, .current = {}},
                               "benchmarks");
    }};
    PB_TRY(const auto progress,
           wait ? fleet::wait_for(folder, plan, waiting) : fleet::progress_of(folder, plan));
    PB_TRY(const auto comparison, fleet::collect(session, folder, plan, progress));
    const int code = compare::exit_code_of(comparison, strict, 0);
    PB_CHECK(output.show(comparison, code, next_step(plan, progress), context.console));
    return code;
  }

 private:
  [[nodiscard]] render::Next next_step(const fleet::Plan& plan,
                                       const fleet::Progress& progress) const {
    if (progress.complete()) return {};
    if (!progress.at_its_end()) {
      return {"wait for the rest",
              run.spool.with("pulsebench fleet collect " + plan.run + " --wait")};
    }
    return {"measure what is left", run.spool.with("pulsebench fleet submit --resume " + plan.run)};
  }
};

}  // namespace

Execute declare_fleet(CLI::App& app) {
  show_examples(app, {"pulsebench fleet submit main --spool /shared/bench",
                      "pulsebench fleet status last --spool /shared/bench",
                      "pulsebench fleet collect last --spool /shared/bench --wait"});
  return {};
}

Execute declare_fleet_submit(CLI::App& app) { return declared<SubmitCommand>(app); }
Execute declare_fleet_status(CLI::App& app) { return declared<StatusCommand>(app); }
Execute declare_fleet_collect(CLI::App& app) { return declared<CollectCommand>(app); }

}  // namespace pulsebench::app
