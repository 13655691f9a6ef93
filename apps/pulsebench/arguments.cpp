#include "arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "arguments_grammar.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "values.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace {

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
  const auto near = nearest(word.substr(0, word.find('=')), views);
  const bool is_option = !word.empty() && word.front() == '-';
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
  if (!texts.tiers.empty() && !take(parse_tiers(texts.tiers), o.request.selection.tiers, error))
    return error;
  if (!texts.time_budget.empty() &&
      !take(parse_duration(texts.time_budget), o.request.budget_seconds, error)) {
    return error;
  }
  for (const std::string& text : texts.inject) {
    if (!take(parse_injection(text), o.request.selection.inject.emplace_back(), error))
      return error;
  }
  if (!texts.counters.empty()) o.counters = parse_names(texts.counters);
  for (const char* reason : {"local", "pr", "nightly", "release"}) {
    if (o.request.reason == reason) {
      take(parse_format(texts.format, {Format::text, Format::json, Format::markdown}), o.format,
           error);
      return error;
    }
  }
  return Error{ErrorCode::bad_input, "--reason '" + printable(o.request.reason) +
                                         "': give local, pr, nightly or release"};
}

std::optional<Error> read_gates(const Texts& texts, session::Gates& gates) {
  std::optional<Error> error;
  if (!texts.threshold.empty() &&
      !take(parse_thresholds(texts.threshold), gates.thresholds, error)) {
    return error;
  }
  if (!texts.fail_on.empty()) take(parse_tiers(texts.fail_on), gates.fail_on, error);
  return error;
}

std::optional<Error> read_shown(const Texts& texts, ShownOptions& shown) {
  std::optional<Error> error;
  take(parse_format(texts.format, {Format::text, Format::json, Format::markdown}), shown.format,
       error);
  return error;
}

std::optional<Error> read_compare(Words& words) {
  const Texts& texts = words.texts;
  CompareOptions& o = words.compare;
  if (!texts.on_mismatch.empty() && texts.on_mismatch != "refuse" && texts.on_mismatch != "warn") {
    return Error{ErrorCode::bad_input,
                 "--on-mismatch '" + printable(texts.on_mismatch) + "': give refuse or warn"};
  }
  o.request.warn_on_mismatch = texts.on_mismatch == "warn";
  std::optional<Error> error;
  if (!texts.time_budget.empty() &&
      !take(parse_duration(texts.time_budget), o.request.again.budget_seconds, error)) {
    return error;
  }
  if ((error = read_gates(texts, o.request.gates))) return error;
  return read_shown(texts, o.shown);
}

std::optional<Error> read_contest(const Texts& texts, session::PairedRequest& o,
                                  session::Gates& gates) {
  std::optional<Error> error;
  if (!texts.tiers.empty() && !take(parse_tiers(texts.tiers), o.tiers, error)) return error;
  if (!texts.time_budget.empty() &&
      !take(parse_duration(texts.time_budget), o.budget_seconds, error)) {
    return error;
  }
  if (!(o.family_alpha > 0.0 && o.family_alpha < 1.0)) {
    return Error{ErrorCode::bad_input, "--family-alpha: give odds between 0 and 1, as in 0.01"};
  }
  if (o.max_blocks && (*o.max_blocks < 4 || *o.max_blocks > 10'000)) {
    return Error{ErrorCode::bad_input, "--max-blocks: give a number from 4 to 10000"};
  }
  return read_gates(texts, gates);
}

std::optional<Error> read_ab(Words& words) {
  std::optional<Error> error;
  AbOptions& o = words.ab;
  for (const std::string& text : words.texts.inject) {
    if (!take(parse_injection(text), o.request.inject.emplace_back(), error)) return error;
  }
  if ((error = read_contest(words.texts, o.request.paired, o.request.gates))) return error;
  return read_shown(words.texts, o.shown);
}

std::optional<Error> read_noise(Words& words) {
  std::optional<Error> error;
  const Texts& texts = words.texts;
  NoiseOptions& o = words.noise;
  if (!texts.inject_all.empty() &&
      !take(parse_percent("--inject", texts.inject_all), o.inject, error)) {
    return error;
  }
  if (o.rounds && (*o.rounds < 1 || *o.rounds > 100'000)) {
    return Error{ErrorCode::bad_input, "--rounds: give a number from 1 to 100000"};
  }
  if (o.rounds && !o.inject) {
    return Error{ErrorCode::bad_input, "--rounds counts the decisions of --inject; give both"};
  }
  if ((error = read_contest(texts, o.request.paired, o.request.gates))) return error;
  take(parse_format(texts.format, {Format::text, Format::json, Format::markdown}), o.format, error);
  return error;
}

/// `tune show|apply|restore`.
Result<CommandOptions> read_tune(const std::string& name, Words& words) {
  std::optional<Error> error;
  TuneOptions& o = words.tune;
  if (name == "apply") o.action = TuneOptions::Action::apply;
  if (name == "restore") o.action = TuneOptions::Action::restore;
  if (!take(parse_format(words.texts.format, {Format::text, Format::json}), o.format, error)) {
    return tl::unexpected{*error};
  }
  return o;
}

/// `counters list`.
Result<CommandOptions> read_counters(Words& words) {
  std::optional<Error> error;
  if (!take(parse_format(words.texts.format, {Format::text, Format::json}), words.counters.format,
            error)) {
    return tl::unexpected{*error};
  }
  return words.counters;
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
  } else if (name == "ab") {
    error = read_ab(words);
    command = std::move(words.ab);
  } else if (name == "noise") {
    error = read_noise(words);
    command = std::move(words.noise);
  } else if (name == "save") {
    command = words.save;
  } else if (name == "list") {
    take(parse_format(format, {Format::text, Format::json}), words.list.format, error);
    command = words.list;
  } else if (name == "show") {
    take(parse_format(format, {Format::text, Format::json, Format::markdown}), words.show.format,
         error);
    command = words.show;
  } else if (name == "approve") {
    if (words.approve.request.id.empty() && !words.approve.list) {
      error = Error{ErrorCode::bad_input,
                    "which benchmark? give its id, or --list to see what is approved"};
    }
    command = words.approve;
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
  if (color == "always") words.common.color = render::ColorChoice::always;
  if (color == "never") words.common.color = render::ColorChoice::never;
  if (color == "always" || color == "never" || color == "auto") return std::nullopt;
  return Error{ErrorCode::bad_input,
               "--color '" + printable(color) + "': give auto, always or never"};
}

constexpr const char* kExitCodes =
    "Exit codes:\n"
    "  0  nothing that gates          1  a regression, or a missing benchmark, that gates\n"
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
  add_commands(app, words);
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
  const std::string family = command.get_parent()->get_name();
  auto options = family == "tune"       ? read_tune(command.get_name(), words)
                 : family == "counters" ? read_counters(words)
                                        : read_command(command.get_name(), words);
  if (!options) return tl::unexpected{options.error()};
  return Invocation{
      .common = words.common, .command = *std::move(options), .words = {argv, argv + argc}};
}

}  // namespace pulsebench::app
