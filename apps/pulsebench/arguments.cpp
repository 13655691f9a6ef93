#include "arguments.hpp"

#include <algorithm>
#include <map>

#include "completion.hpp"
#include "help.hpp"
#include "manual.hpp"
#include "option_group.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace {

/// The command line: CLI11's tree of commands, and what each of them does.
class Arguments {
 public:
  Arguments() {
    app_.allow_extras();
    app_.allow_windows_style_options(false);  // "/x" is a path everywhere
    app_.require_subcommand(0, 1);            // after it, a baseline may have the name of a command
    app_.footer(footer_of_all());
    app_.set_version_flag("-V,--version", "pulsebench", "show the version")->group(kEverywhere);
    add_common(app_);
    for (const CommandRow& row : commands()) add(row);
    CLI::App& help = *app_.add_subcommand("help", "show the help of a command");
    help.allow_extras();
    OptionGroup{help, kArguments}
        .texts("COMMAND", asked_for_help_, "as in: baseline save")
        ->allow_extra_args(true);
    OptionGroup output{help, kOutput};
    output.flag("--man", man_, "print the manual page instead, as troff");
    output.text("-o,--output FOLDER", manual_folder_,
                "write the manual pages of the command and of those below it to this folder");
    show_examples(help,
                  {"pulsebench help run", "pulsebench help baseline save",
                   "pulsebench help --man run | man -l -", "pulsebench help --man -o man/man1"});
    add_common(help);
    help_ = &help;
  }

  [[nodiscard]] Answer complete(std::span<const char* const> words) const {
    return {answer_completion(app_, words)};
  }

  Result<std::variant<Invocation, Answer>> parse(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
      return Answer{help_of(chosen())};
    } catch (const CLI::CallForVersion&) {
      return Answer{std::string{"pulsebench "} + kVersion + "\n"};
    } catch (const CLI::RuntimeError& refusal) {  // of a command that this system does not have
      return fail(ErrorCode::bad_input, refusal.what());
    } catch (const CLI::ParseError& error) {
      if (auto unknown = unknown_word()) return Failure{*unknown};
      return fail(ErrorCode::bad_input, why(error) + see_help());
    }
    if (auto unknown = unknown_word()) return Failure{*unknown};
    if (&chosen() == help_) return help_on();
    const auto execute = executes_.find(&chosen());
    if (execute == executes_.end() || !execute->second) {
      return fail(ErrorCode::bad_input, "no command given" + see_help());
    }
    return Invocation{.execute = execute->second, .root = root_, .color = color_};
  }

 private:
  static constexpr const char* kEverywhere = "Everywhere";

  void add(const CommandRow& row) {
    CLI::App* parent = &app_;
    std::string name = row.name;
    if (const auto blank = name.find(' '); blank != std::string::npos) {
      parent = app_.get_subcommand(name.substr(0, blank));
      name = name.substr(blank + 1);
    }
    CLI::App& command = *parent->add_subcommand(name, row.summary);
    command.allow_extras();
    command.require_subcommand(0, 1);
    executes_[&command] = row.declare(command);
    add_common(command);
  }

  /// Before and behind the command alike.
  void add_common(CLI::App& app) {
    OptionGroup everywhere{app, kEverywhere};
    everywhere.text("--root FOLDER", root_,
                    "the project (default: the nearest folder upward with pulsebench.json)");
    everywhere.value("--color WHEN", color_,
                     one_of<render::ColorChoice>({{"auto", render::ColorChoice::automatic},
                                                  {"always", render::ColorChoice::always},
                                                  {"never", render::ColorChoice::never}}),
                     "auto, always or never (default auto)");
    app.set_help_flag("-h,--help", "show this help")->group(kEverywhere);
  }

  /// The deepest command that was named.
  [[nodiscard]] const CLI::App& chosen() const {
    const CLI::App* command = &app_;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    return *command;
  }

  [[nodiscard]] std::string see_help() const { return "; see " + full_name(chosen()) + " --help"; }

  [[nodiscard]] std::string why(const CLI::ParseError& error) const {
    std::string text = error.what();
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
      const std::string name = text.substr(0, text.find(':'));
      const bool more = text.find("At most") != std::string::npos;
      return name + (more ? ": give it once" : ": it needs a value");
    }
    return printable(text, 400);
  }

  /// A word that no option or command takes, with the likely one that was meant.
  [[nodiscard]] std::optional<Error> unknown_word() const {
    for (const CLI::App* at = &chosen(); at != nullptr; at = at->get_parent()) {
      for (const std::string& extra : at->remaining()) {
        if (extra != "--") return unknown_word(*at, extra);  // which ends the options
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Error unknown_word(const CLI::App& command, const std::string& word) const {
    const std::string name = word.substr(0, word.find('='));
    const std::string shown = "'" + printable(word, 60) + "'";
    const bool is_option = word.size() > 1 && word.front() == '-';
    const bool has_commands = !command.get_subcommands({}).empty();
    const std::string what = is_option      ? "unknown option "
                             : has_commands ? "unknown command "
                                            : "unexpected argument ";
    if (is_option && &command != &chosen() && chosen().get_option_no_throw(name) != nullptr) {
      return {ErrorCode::bad_input,
              "unknown option " + shown + " here; give it behind " + full_name(chosen())};
    }
    const std::string meant = is_option ? likely_option(name) : likely_command(command, name);
    return {ErrorCode::bad_input,
            what + shown + (meant.empty() ? see_help() : "; did you mean " + meant + "?")};
  }

  /// Compared without their dashes, which every option has.
  [[nodiscard]] std::string likely_option(const std::string& word) const {
    std::vector<std::string> names;
    for (const CLI::Option* option : chosen().get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back(name);
    }
    const std::string name = word.substr(std::min(word.find_first_not_of('-'), word.size()));
    const auto near = nearest(name, std::vector<std::string_view>{names.begin(), names.end()});
    if (near) return "--" + std::string{*near};
    const bool is_format =
        chosen().get_option_no_throw("--format") != nullptr && render::find_format(name) != nullptr;
    return is_format ? "--format " + name : "";
  }

  [[nodiscard]] static std::string likely_command(const CLI::App& command,
                                                  const std::string& word) {
    std::vector<std::string> names;
    for (const CLI::App* sub : command.get_subcommands({})) names.push_back(sub->get_name());
    const auto near = nearest(word, std::vector<std::string_view>{names.begin(), names.end()});
    return near ? std::string{*near} : "";
  }

  [[nodiscard]] Result<std::variant<Invocation, Answer>> help_on() const {
    const CLI::App* command = &app_;
    for (const std::string& word : asked_for_help_) {
      const auto named =
          command->get_subcommands([&](const CLI::App* sub) { return sub->get_name() == word; });
      if (named.empty()) return Failure{unknown_word(*command, word)};
      command = named.front();
    }
    if (!manual_folder_.empty()) {
      PB_CHECK(write_manual(*command, manual_folder_));
      return Answer{"written to " + printable(manual_folder_) + "\n"};
    }
    return Answer{man_ ? manual_page(*command) : help_of(*command)};
  }

  CLI::App app_{"Tells whether a change made code slower, with a bounded false-alarm rate.",
                "pulsebench"};
  std::map<const CLI::App*, Execute> executes_;
  const CLI::App* help_ = nullptr;
  std::vector<std::string> asked_for_help_;
  bool man_ = false;
  std::string manual_folder_;
  std::optional<std::string> root_;
  render::ColorChoice color_ = render::ColorChoice::automatic;
};

}  // namespace

Result<std::variant<Invocation, Answer>> parse_arguments(int argc, const char* const* argv) {
  Arguments arguments;
  const std::span words{argv, static_cast<std::size_t>(argc)};
  if (words.size() > 1 && words[1] == std::string_view{"__complete"}) {
    return arguments.complete(words.subspan(2));
  }
  return arguments.parse(argc, argv);
}

}  // namespace pulsebench::app
