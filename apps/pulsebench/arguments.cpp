#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "pulsebench/config/nearest.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "values.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace {

/// Values that have a form of their own arrive as text and are read after CLI11 is done.
struct Texts {
  std::string tiers, time_budget, format = "text", color = "auto", threshold, fail_on, on_mismatch;
  std::vector<std::string> inject;
};

struct Words {
  CommonOptions common;
  RunOptions run;
  CompareOptions compare;
  BaselineSaveOptions save;
  BaselineListOptions list;
  BaselineShowOptions show;
  BaselineRemoveOptions remove;
  DoctorOptions doctor;
  Texts texts;
};

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
  run.add_option("--filter", o.filter, "only benchmarks whose id matches this regular expression")
      ->type_name("REGEX");
  run.add_option("--preset", o.preset, "how much to measure: quick, standard or rigorous")
      ->type_name("NAME");
  run.add_option("--save", o.save, "keep the result as the baseline of this name")
      ->type_name("NAME");
  run.add_option("--like", o.like,
                 "take batch sizes from this result, to be compared with it; default: main")
      ->type_name("RESULT");
  run.add_flag("--list", o.list, "show what would be measured, by name");
  run.add_flag("--dry-run", o.dry_run, "show the plan and measure nothing");
  run.add_option("--cpus", o.cpus, "measure on these CPUs, as in 1 or 2-3")->type_name("CPUS");
  run.add_option("--exe", o.executables, "a suite executable, instead of the configured ones")
      ->type_name("FILE")
      ->allow_extra_args(false);
  run.add_option("--inject", words.texts.inject,
                 "add work on purpose, as in budget/consume=15 (per cent)")
      ->type_name("ID=PERCENT")
      ->allow_extra_args(false);
  run.add_option("--seed", o.seed, "of the order of launches; default: drawn, printed and stored")
      ->type_name("NUMBER");
  run.add_option("--time-budget", words.texts.time_budget,
                 "take fewer launches to end within this time, as in 60s")
      ->type_name("TIME");
  run.add_flag("--enforce-targets", o.enforce_targets, "exit with 6 where a target is missed");
  run.add_option("--reason", o.reason,
                 "why it runs, kept in the result: local, pr, nightly, release")
      ->type_name("WHY");
  add_format(run, words, "text, json (the result document) or markdown");
  run.add_option("-o,--output", o.output, "write the report to this file")->type_name("FILE");
  add_common(run, words);
}

void add_compare(CLI::App& app, Words& words) {
  CompareOptions& o = words.compare;
  CLI::App& compare =
      *add_command(app, "compare", "judge one stored result against another",
                   "  pulsebench compare main pr-123\n"
                   "  pulsebench compare main last --threshold 0=3\n"
                   "  pulsebench compare main pr-123 --format json -o verdict.json");
  compare.add_option("BASE", o.base, "a baseline, a file, last, or - for standard input")
      ->required();
  compare.add_option("NEW", o.candidate, "the result to judge")->required();
  compare
      .add_option("--threshold", words.texts.threshold,
                  "changes that count, in per cent by tier, as in 0=5,1=10")
      ->type_name("PERCENTS");
  compare.add_option("--fail-on", words.texts.fail_on, "tiers that gate, as in 0,1; default: 0")
      ->type_name("TIERS");
  compare.add_flag("--strict", o.strict, "exit with 5 where the verdict is inconclusive");
  compare
      .add_option("--on-mismatch", words.texts.on_mismatch,
                  "results of two machines: refuse (default) or warn")
      ->type_name("HOW");
  compare.add_flag("--only-changed", o.only_changed, "leave unchanged benchmarks out");
  compare.add_flag("--all", o.all, "give unchanged benchmarks a line each");
  add_format(compare, words, "text, json or markdown");
  compare.add_option("-o,--output", o.output, "write the report to this file")->type_name("FILE");
  add_common(compare, words);
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
      ->required();
  CLI::App& list =
      *add_command(baseline, "list", "show what is kept", "  pulsebench baseline list");
  add_format(list, words, "text or json");
  CLI::App& show = *add_command(baseline, "show", "show one result",
                                "  pulsebench baseline show main\n  pulsebench baseline show last");
  show.add_option("NAME", words.show.reference, "a baseline, a file, or last")->required();
  add_format(show, words, "text, json or markdown");
  CLI::App& remove = *add_command(baseline, "rm", "remove one", "  pulsebench baseline rm pr-123");
  remove.add_option("NAME", words.remove.name, "the baseline")->required();
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

/// The deepest subcommand that was named.
CLI::App* chosen(CLI::App& app) {
  const auto commands = app.get_subcommands();
  return commands.empty() ? &app : chosen(*commands.front());
}

std::string full_name(const CLI::App* command) {
  if (command->get_parent() == nullptr) return "pulsebench";
  return full_name(command->get_parent()) + " " + command->get_name();
}

/// A word that no option or command takes, with the one probably meant.
Failure unknown_word(CLI::App& command, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const CLI::App* sub : command.get_subcommands({})) names.push_back(sub->get_name());
  const std::vector<std::string_view> views{names.begin(), names.end()};
  const auto near = config::nearest(word.substr(0, word.find('=')), views);
  const bool is_option = word.rfind("-", 0) == 0;
  std::string message =
      std::string{is_option ? "unknown option '" : "unexpected word '"} + printable(word, 60) + "'";
  message += near ? "; did you mean " + std::string{*near} + "?"
                  : "; see " + full_name(&command) + " --help";
  return fail(ErrorCode::bad_input, std::move(message));
}

/// `Result<void>`'s worth of `into = parsed`, so that each value is one line below.
template <class T, class U>
bool take(Result<T>&& parsed, U& into, std::optional<Error>& error) {
  if (!parsed) {
    error = parsed.error();
    return false;
  }
  into = *std::move(parsed);
  return true;
}

std::optional<Error> read_run(Words& words) {
  std::optional<Error> error;
  const Texts& texts = words.texts;
  RunOptions& o = words.run;
  if (!texts.tiers.empty() && !take(parse_tiers(texts.tiers), o.tiers, error)) return error;
  if (!texts.time_budget.empty() &&
      !take(parse_duration(texts.time_budget), o.budget_seconds, error)) {
    return error;
  }
  for (const std::string& text : texts.inject) {
    if (!take(parse_injection(text), o.inject.emplace_back(), error)) return error;
  }
  for (const char* reason : {"local", "pr", "nightly", "release"}) {
    if (o.reason == reason) {
      take(parse_format(texts.format, {Format::text, Format::json, Format::markdown}), o.format,
           error);
      return error;
    }
  }
  return Error{ErrorCode::bad_input,
               "--reason '" + printable(o.reason) + "': give local, pr, nightly or release"};
}

std::optional<Error> read_compare(Words& words) {
  std::optional<Error> error;
  const Texts& texts = words.texts;
  CompareOptions& o = words.compare;
  if (!texts.threshold.empty() && !take(parse_thresholds(texts.threshold), o.thresholds, error)) {
    return error;
  }
  if (!texts.fail_on.empty() && !take(parse_tiers(texts.fail_on), o.fail_on, error)) return error;
  if (!texts.on_mismatch.empty() && texts.on_mismatch != "refuse" && texts.on_mismatch != "warn") {
    return Error{ErrorCode::bad_input,
                 "--on-mismatch '" + printable(texts.on_mismatch) + "': give refuse or warn"};
  }
  o.warn_on_mismatch = texts.on_mismatch == "warn";
  take(parse_format(texts.format, {Format::text, Format::json, Format::markdown}), o.format, error);
  return error;
}

Result<CommandOptions> read_command(const std::string& name, Words& words) {
  const std::string& format = words.texts.format;
  std::optional<Error> error;
  CommandOptions command;
  if (name == "run") {
    error = read_run(words);
    command = std::move(words.run);
  } else if (name == "compare") {
    error = read_compare(words);
    command = std::move(words.compare);
  } else if (name == "save") {
    command = words.save;
  } else if (name == "list") {
    take(parse_format(format, {Format::text, Format::json}), words.list.format, error);
    command = words.list;
  } else if (name == "show") {
    take(parse_format(format, {Format::text, Format::json, Format::markdown}), words.show.format,
         error);
    command = words.show;
  } else if (name == "rm") {
    command = words.remove;
  } else {
    take(parse_format(format, {Format::text, Format::json}), words.doctor.format, error);
    command = words.doctor;
  }
  if (error) return tl::unexpected{*error};
  return command;
}

std::optional<Error> read_color(Words& words) {
  const std::string& color = words.texts.color;
  if (color == "always") words.common.color = report::ColorChoice::always;
  if (color == "never") words.common.color = report::ColorChoice::never;
  if (color == "always" || color == "never" || color == "auto") return std::nullopt;
  return Error{ErrorCode::bad_input,
               "--color '" + printable(color) + "': give auto, always or never"};
}

constexpr const char* kExitCodes =
    "Exit codes:\n"
    "  0  nothing that gates          1  a regression that gates\n"
    "  2  bad usage or input          3  a benchmark crashed, hung or measured nothing\n"
    "  4  results not comparable      5  inconclusive, with --strict\n"
    "  6  a target was missed, with --enforce-targets\n"
    "  70 a bug of pulsebench         130, 143 interrupted; what was measured is kept\n"
    "\nExamples:\n"
    "  pulsebench run --tier 0 --save main\n"
    "  pulsebench run --tier 0 --save pr-123\n"
    "  pulsebench compare main pr-123";

}  // namespace

Result<std::variant<Invocation, Answer>> parse_arguments(int argc, const char* const* argv) {
  Words words;
  CLI::App app{"Says whether a change made code slower, with known odds of being wrong.",
               "pulsebench"};
  app.set_version_flag("--version", std::string{"pulsebench "} + kVersion);
  app.footer(kExitCodes);
  app.require_subcommand(1);
  app.allow_extras();
  add_run(app, words);
  add_compare(app, words);
  add_baseline(app, words);
  add_doctor(app, words);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    CLI::App* const command = chosen(app);
    const CLI::App* const parent = command->get_parent();
    return Answer{command->help(parent == nullptr ? "" : full_name(parent))};
  } catch (const CLI::CallForVersion&) {
    return Answer{std::string{"pulsebench "} + kVersion + "\n"};
  } catch (const CLI::ParseError& error) {
    CLI::App& command = *chosen(app);
    const auto extras = command.remaining();
    if (!extras.empty()) return unknown_word(command, extras.front());
    if (command.get_subcommands().empty() && !command.get_subcommands({}).empty()) {
      return fail(ErrorCode::bad_input, "no command given; see " + full_name(&command) + " --help");
    }
    std::string why = error.what();
    std::replace(why.begin(), why.end(), '\n', ' ');
    return fail(ErrorCode::bad_input, printable(why) + "; see " + full_name(&command) + " --help");
  }
  CLI::App& command = *chosen(app);
  for (const CLI::App* at = &command; at != nullptr; at = at->get_parent()) {
    if (!at->remaining().empty()) return unknown_word(command, at->remaining().front());
  }
  if (auto error = read_color(words)) return tl::unexpected{*error};
  auto options = read_command(command.get_name(), words);
  if (!options) return tl::unexpected{options.error()};
  return Invocation{
      .common = words.common, .command = *std::move(options), .words = {argv, argv + argc}};
}

}  // namespace pulsebench::app
