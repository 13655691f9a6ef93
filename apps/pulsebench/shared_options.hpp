#pragma once

#include "option_group.hpp"
#include "pulsebench/session/gates.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/renaming.hpp"

/// Options that several commands have. A `Request` is any that has the members set here.
namespace pulsebench::app {

/// How programs are started, beside what the configuration says.
inline void declare_programs(CLI::App& app, run::ProgramOptions& options) {
  OptionGroup what{app, kWhatToMeasure};
  what.values("--arg TEXT", options.arguments, parse_argument,
              "an argument for every program, as in --arg=--data=corpus");
  what.values("--env NAME=VALUE", options.environment, parse_variable,
              "a variable of the programs' environment, or NAME alone to pass ours on");
}

/// The benchmark of a command for one, and the programs that may have it.
template <class Request>
void declare_benchmark(
    CLI::App& app, Request& request,
    const char* which = "its id, or a regular expression that matches one benchmark") {
  OptionGroup{app, kArguments}.text("BENCHMARK", request.benchmark, which)->required();
  OptionGroup{app, kWhatToMeasure}.texts("--exe FILE", request.executables,
                                         "a program that has it, instead of the configured ones");
  declare_programs(app, request.options);
}

template <class Request>
void declare_selection(CLI::App& app, Request& request) {
  OptionGroup what{app, kWhatToMeasure};
  what.value("--tier TIERS", request.tiers, parse_tiers, "only these tiers, as in 0,1");
  what.text("--filter REGEX", request.filter,
            "only benchmarks whose id matches this regular expression");
  declare_programs(app, request.options);
}

/// A command line in the place of suites. `--exe` is declared before.
inline void declare_command(CLI::App& app, std::optional<std::string>& command) {
  OptionGroup{app, kWhatToMeasure}
      .text("--command COMMAND", command,
            "a command line, run without a shell, instead of suites: its time and memory")
      ->excludes(app.get_option("--exe"));
}

template <class Request>
void declare_machine(CLI::App& app, Request& request) {
  OptionGroup machine{app, kMachine};
  machine.text("--cpus CPUS", request.cpus, "measure on these CPUs, as in 1 or 2-3");
  machine.flag("--no-tune", request.no_tune,
               "leave the machine's settings alone (default: tune as far as permitted, and put "
               "everything back)");
}

/// How two sides are measured against each other. `blocks` describes `--max-blocks`.
inline void declare_paired(CLI::App& app, session::PairedRequest& request, const char* blocks) {
  declare_selection(app, request.selection);
  OptionGroup how_long{app, kHowLong};
  how_long.value("--max-blocks NUMBER", request.max_blocks, whole_number(4, 10'000), blocks);
  how_long.value("--time-budget TIME", request.budget_seconds, parse_duration,
                 "start no new block after this long, as in 60s");
  how_long.value("--seed NUMBER", request.seed, parse_seed,
                 "seed for the order of processes (default: random; printed)");
  OptionGroup{app, kVerdict}.value(
      "--family-alpha PROB", request.family_alpha, parse_probability,
      "maximum probability of any false alarm in the whole run (default 0.01)");
  declare_machine(app, request);
}

inline void declare_threshold(CLI::App& app, session::Gates& gates) {
  OptionGroup{app, kVerdict}.value("--threshold PERCENTS", gates.thresholds, parse_thresholds,
                                   "changes that count (percent), by tier, as in 0=5,1=10");
}

/// `--map`, of the old side.
inline void declare_maps(CLI::App& app, std::vector<session::Renaming>& maps) {
  OptionGroup{app, kVerdict}.values(
      "--map REGEX=NAME", maps, session::Renaming::parse,
      "new names of benchmarks of the old side, as in 'BM_a/(.*)=BM_b/$1'; the expression has to "
      "match the whole name; may be repeated");
}

/// What of a comparison fails the run.
inline void declare_gates(CLI::App& app, session::Gates& gates, bool& strict) {
  declare_threshold(app, gates);
  OptionGroup verdict{app, kVerdict};
  verdict.value("--fail-on TIERS", gates.fail_on, parse_tiers,
                "tiers that gate, as in 0,1 (default 0)");
  verdict.flag("--strict", strict, "exit with 5 if the verdict is inconclusive");
  verdict.flag("--allow-missing", gates.allow_missing,
               "do not fail if the new side lacks a benchmark of a tier that gates");
}

}  // namespace pulsebench::app
