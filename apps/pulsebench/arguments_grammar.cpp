#include "arguments_grammar.hpp"

namespace pulsebench::app {
namespace {

void add_common(CLI::App& app, Words& words) {
  app.add_option("--root", words.common.root,
                 "the project's folder; default: the nearest upward with config/pulsebench.json")
      ->type_name("FOLDER");
  app.add_option("--color", words.texts.color, "auto, always or never")->type_name("WHEN");
}

void add_format(CLI::App& app, Words& words, const char* known) {
  app.add_option("--format", words.texts.format, known)->type_name("FORMAT");
}

CLI::App* add_command(CLI::App& parent, const char* name, const char* does, const char* examples) {
  CLI::App* const command = parent.add_subcommand(name, does);
  command->footer(std::string{"Examples:\n"} + examples);
  command->allow_extras();
  return command;
}

void add_run(CLI::App& app, Words& words) {
  RunOptions& o = words.run;
  CLI::App& run = *add_command(
      app, "run", "measure benchmarks",
      "  pulsebench run --tier 0\n"
      "  pulsebench run --save main\n"
      "  pulsebench run --filter '^hooks/' --preset quick\n"
      "  pulsebench run --inject budget/consume=15 --save slowed   # see the gate fire");
  run.add_option("--tier", words.texts.tiers, "only these tiers, as in 0,1")->type_name("TIERS");
  run.add_option("--filter", o.request.selection.filter,
                 "only benchmarks whose id matches this regular expression")
      ->type_name("REGEX");
  run.add_option("--preset", o.request.selection.preset,
                 "how much to measure: quick, standard or rigorous")
      ->type_name("NAME");
  run.add_option("--save", o.request.save, "keep the result as the baseline of this name")
      ->type_name("NAME");
  run.add_option("--like", o.request.like, "take batch sizes from this result; default: main")
      ->type_name("RESULT");
  run.add_flag("--list", o.list, "show what would be measured, by name");
  run.add_flag("--dry-run", o.dry_run, "show the plan and measure nothing");
  run.add_option("--cpus", o.request.cpus, "measure on these CPUs, as in 1 or 2-3")
      ->type_name("CPUS");
  run.add_flag("--no-tune", o.request.no_tune,
               "leave the machine's settings alone; default: tune it, and put everything back");
  run.add_option("--exe", o.request.executables,
                 "a suite executable, instead of the configured ones")
      ->type_name("FILE")
      ->allow_extra_args(false);
  run.add_option("--inject", words.texts.inject,
                 "add work on purpose, as in budget/consume=15 (per cent)")
      ->type_name("ID=PERCENT")
      ->allow_extra_args(false);
  run.add_option("--seed", o.request.seed,
                 "of the order of launches; default: drawn, printed and stored")
      ->type_name("NUMBER");
  run.add_option("--time-budget", words.texts.time_budget,
                 "take fewer launches to end within this time, as in 60s")
      ->type_name("TIME");
  run.add_option("--counters", words.texts.counters,
                 "events to count, by libpfm's names, as in cycles,instructions; or none")
      ->type_name("EVENTS");
  run.add_flag("--instructions", o.request.instructions,
               "count the instructions of an operation exactly, by valgrind or step by step");
  run.add_flag("--allocations", o.request.allocations,
               "count what an operation takes from the heap");
  run.add_flag("--enforce-targets", o.enforce_targets, "exit with 6 where a target is missed");
  run.add_option("--reason", o.request.reason, "kept in the result: local, pr, nightly, release")
      ->type_name("WHY");
  add_format(run, words, "text, json (the result document) or markdown");
  run.add_option("-o,--output", o.output, "write the report to this file")->type_name("FILE");
  add_common(run, words);
}

void add_gates(CLI::App& app, session::Gates& gates, bool& strict, Words& words) {
  app.add_option("--threshold", words.texts.threshold,
                 "changes that count, in per cent by tier, as in 0=5,1=10")
      ->type_name("PERCENTS");
  app.add_option("--fail-on", words.texts.fail_on, "tiers that gate, as in 0,1; default: 0")
      ->type_name("TIERS");
  app.add_flag("--strict", strict, "exit with 5 where the verdict is inconclusive");
  app.add_flag("--allow-missing", gates.allow_missing,
               "do not fail where the new side lacks a benchmark of a tier that gates");
}

void add_shown(CLI::App& app, ShownOptions& shown, Words& words) {
  app.add_flag("--only-changed", shown.only_changed, "leave unchanged benchmarks out");
  app.add_flag("--all", shown.all, "give unchanged benchmarks a line each");
  add_format(app, words, "text, json or markdown");
  app.add_option("-o,--output", shown.output, "write the report to this file")->type_name("FILE");
}

void add_compare(CLI::App& app, Words& words) {
  CompareOptions& o = words.compare;
  CLI::App& compare =
      *add_command(app, "compare", "judge one stored result against another",
                   "  pulsebench compare main pr-123\n"
                   "  pulsebench compare main last --threshold 0=3\n"
                   "  pulsebench compare main pr-123 --format json -o verdict.json");
  compare.add_option("BASE", o.request.base, "a baseline, a file, last, or - for standard input")
      ->type_name("")
      ->required();
  compare.add_option("NEW", o.request.candidate, "the result to judge")->type_name("")->required();
  compare
      .add_option("--on-mismatch", words.texts.on_mismatch,
                  "results of two machines: refuse (default) or warn")
      ->type_name("HOW");
  compare.add_flag("!--no-confirm", o.request.confirm,
                   "leave what is in doubt inconclusive; default: measure both sides of it again");
  compare
      .add_option("--time-budget", words.texts.time_budget,
                  "of measuring again: begin no block after this time, as in 60s")
      ->type_name("TIME");
  compare.add_option("--cpus", o.request.again.cpus, "measure again on these CPUs, as in 1 or 2-3")
      ->type_name("CPUS");
  compare.add_flag("--no-tune", o.request.again.no_tune, "leave the machine's settings alone");
  add_gates(compare, o.request.gates, o.strict, words);
  add_shown(compare, o.shown, words);
  add_common(compare, words);
}

void add_contest(CLI::App& app, session::PairedRequest& o, Words& words, const char* blocks) {
  app.add_option("--tier", words.texts.tiers, "only these tiers, as in 0,1")->type_name("TIERS");
  app.add_option("--filter", o.filter, "only benchmarks whose id matches this regular expression")
      ->type_name("REGEX");
  app.add_option("--family-alpha", o.family_alpha,
                 "odds of any false alarm in the run; default: 0.01")
      ->type_name("ODDS");
  app.add_option("--max-blocks", o.max_blocks, blocks)->type_name("NUMBER");
  app.add_option("--time-budget", words.texts.time_budget,
                 "begin no block after this time, as in 60s")
      ->type_name("TIME");
  app.add_option("--cpus", o.cpus, "measure on these CPUs, as in 1 or 2-3")->type_name("CPUS");
  app.add_flag("--no-tune", o.no_tune, "leave the machine's settings alone");
  app.add_option("--seed", o.seed, "of the order of processes; default: drawn and printed")
      ->type_name("NUMBER");
}

void add_ab(CLI::App& app, Words& words) {
  AbOptions& o = words.ab;
  CLI::App& ab =
      *add_command(app, "ab", "measure two builds against each other, block by block",
                   "  pulsebench ab build/old build/new\n"
                   "  pulsebench ab old/bench new/bench       # any two Google Benchmark programs\n"
                   "  pulsebench ab main HEAD --filter '^hooks/'");
  ab.add_option("OLD", o.request.old_side, "a build folder, an executable or a git revision")
      ->type_name("")
      ->required();
  ab.add_option("NEW", o.request.new_side, "the same, to be judged")->type_name("")->required();
  add_contest(ab, o.request.paired, words,
              "give up on a benchmark after this many; default: 128, and on to 256 within 3 s");
  ab.add_option("--inject", words.texts.inject,
                "add work to the new side on purpose, as in budget/consume=15 (per cent)")
      ->type_name("ID=PERCENT")
      ->allow_extra_args(false);
  add_gates(ab, o.request.gates, o.strict, words);
  add_shown(ab, o.shown, words);
  add_common(ab, words);
}

void add_noise(CLI::App& app, Words& words) {
  NoiseOptions& o = words.noise;
  CLI::App& noise = *add_command(
      app, "noise", "say what change this machine can resolve, and whether its gates hold",
      "  pulsebench noise --tier 0\n"
      "  pulsebench noise --time-budget 60s\n"
      "  pulsebench noise --filter '^hooks/' --inject 7 --rounds 10   # how often it errs");
  add_contest(noise, o.request.paired, words,
              "measure each benchmark for this many; default: 32, with --inject as `ab`");
  noise
      .add_option("--exe", o.request.executables,
                  "a suite executable, instead of the configured ones")
      ->type_name("FILE")
      ->allow_extra_args(false);
  noise
      .add_option("--inject", words.texts.inject_all,
                  "the self-proof: add this much work in half of the decisions, as in 7 (per cent)")
      ->type_name("PERCENT");
  noise.add_option("--rounds", o.rounds, "decisions for each benchmark; default: 4")
      ->type_name("NUMBER");
  noise
      .add_option("--threshold", words.texts.threshold,
                  "changes that count, in per cent by tier, as in 0=5,1=10")
      ->type_name("PERCENTS");
  noise.add_flag("--strict", o.strict, "exit with 5 where a threshold cannot be supported");
  add_format(noise, words, "text, json or markdown");
  noise.add_option("-o,--output", o.output, "write the report to this file")->type_name("FILE");
  add_common(noise, words);
}

void add_approve(CLI::App& baseline, Words& words) {
  BaselineApproveOptions& o = words.approve;
  CLI::App& approve = *add_command(
      baseline, "approve", "accept a regression, with a reason for its reviewer",
      "  pulsebench baseline approve budget/consume --reason 'checks for overflow now'\n"
      "  pulsebench baseline approve budget/consume --reason 'until #12' --until 2027-01-31\n"
      "  pulsebench baseline approve --list");
  approve.add_option("ID", o.request.id, "the benchmark")->type_name("");
  approve.add_option("--reason", o.request.reason, "why it is worth it")->type_name("TEXT");
  approve.add_option("--until", o.request.until, "the last day on which it holds; default: no end")
      ->type_name("DAY");
  approve.add_option("--base", o.request.base, "the result it was judged against; default: main")
      ->type_name("RESULT");
  approve
      .add_option("--new", o.request.candidate, "the result in which it regressed; default: last")
      ->type_name("RESULT");
  approve.add_flag("--list", o.list, "show what is approved");
  approve.add_flag("--remove", o.remove, "take the approval back");
  add_common(approve, words);
}

void add_baseline(CLI::App& app, Words& words) {
  CLI::App& baseline = *add_command(app, "baseline", "keep results under a name",
                                    "  pulsebench baseline save v0.1.0\n"
                                    "  pulsebench baseline list\n"
                                    "  pulsebench baseline show main");
  baseline.require_subcommand(1);
  CLI::App& save = *add_command(baseline, "save", "keep the last complete run as NAME",
                                "  pulsebench baseline save main");
  save.add_option("NAME", words.save.name, "letters, digits, . _ - and / between parts")
      ->type_name("")
      ->required();
  save.add_flag("--force", words.save.force, "save also a run in which benchmarks failed");
  CLI::App& list =
      *add_command(baseline, "list", "show what is kept", "  pulsebench baseline list");
  add_format(list, words, "text or json");
  CLI::App& show = *add_command(baseline, "show", "show one result",
                                "  pulsebench baseline show main\n  pulsebench baseline show last");
  show.add_option("NAME", words.show.reference, "a baseline, a file, or last")
      ->type_name("")
      ->required();
  add_format(show, words, "text, json or markdown");
  CLI::App& remove = *add_command(baseline, "rm", "remove one", "  pulsebench baseline rm pr-123");
  remove.add_option("NAME", words.remove.name, "the baseline")->type_name("")->required();
  add_approve(baseline, words);
  for (CLI::App* command : {&save, &list, &show, &remove}) add_common(*command, words);
}

void add_doctor(CLI::App& app, Words& words) {
  CLI::App& doctor =
      *add_command(app, "doctor", "say whether this machine can measure, and what to mend",
                   "  pulsebench doctor\n  pulsebench doctor --format json");
  doctor.add_flag("--strict", words.doctor.strict, "exit with 5 where something is bad");
  doctor.add_flag("--all", words.doctor.all, "show also what is fine");
  doctor.add_option("--cpus", words.doctor.cpus, "examine these measuring CPUs")->type_name("CPUS");
  add_format(doctor, words, "text or json");
  add_common(doctor, words);
}

void add_tune(CLI::App& app, Words& words) {
  CLI::App& tune = *add_command(app, "tune", "set the machine up for measuring, and back",
                                "  pulsebench tune show\n"
                                "  sudo pulsebench tune apply && pulsebench run\n"
                                "  sudo pulsebench tune restore");
  tune.require_subcommand(1);
  CLI::App& show = *add_command(tune, "show", "say what each knob is and would become",
                                "  pulsebench tune show");
  CLI::App& apply = *add_command(tune, "apply", "turn the knobs, until tune restore",
                                 "  sudo pulsebench tune apply --cpus 3");
  CLI::App& restore = *add_command(tune, "restore", "put back what was there before",
                                   "  sudo pulsebench tune restore");
  for (CLI::App* command : {&show, &apply}) {
    command->add_option("--cpus", words.tune.cpus, "for measuring on these CPUs")
        ->type_name("CPUS");
  }
  for (CLI::App* command : {&show, &apply, &restore}) {
    add_format(*command, words, "text or json");
    add_common(*command, words);
  }
}

void add_counters(CLI::App& app, Words& words) {
  CLI::App& counters = *add_command(app, "counters", "what can be counted beside the time",
                                    "  pulsebench counters list\n"
                                    "  pulsebench run --counters cycles,instructions");
  counters.require_subcommand(1);
  CLI::App& list = *add_command(counters, "list", "try every event that libpfm knows",
                                "  pulsebench counters list --all");
  list.add_flag("--all", words.counters.all, "name each event");
  add_format(list, words, "text or json");
  add_common(list, words);
}

}  // namespace

void add_commands(CLI::App& app, Words& words) {
  add_run(app, words);
  add_compare(app, words);
  add_ab(app, words);
  add_noise(app, words);
  add_baseline(app, words);
  add_doctor(app, words);
  add_tune(app, words);
  add_counters(app, words);
}

}  // namespace pulsebench::app
