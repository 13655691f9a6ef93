#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/text.hpp"
#include "values.hpp"

namespace pulsebench::app {

/// Adds options under one title of a command's help. An option is written as in that help:
/// "--filter REGEX", "-o,--output FILE", "BASE" for an argument without a name.
class OptionGroup {
 public:
  OptionGroup(CLI::App& app, const char* title) : app_(app), title_(title) {}

  CLI::Option* flag(const char* name, bool& into, const std::string& description) {
    return app_.add_flag(name, into, description)->group(title_);
  }

  /// Text that is taken as it stands.
  template <class Text>
  CLI::Option* text(const char* spec, Text& into, const std::string& description) {
    return titled(spec, [&](const std::string& name) {
      return app_.add_option_function<std::string>(
          name, [&into](const std::string& text) { into = text; }, description);
    });
  }

  /// The same, once each time it is given.
  CLI::Option* texts(const char* spec, std::vector<std::string>& into,
                     const std::string& description) {
    return titled(spec, [&](const std::string& name) {
      return app_.add_option(name, into, description)->allow_extra_args(false);
    });
  }

  /// A value that `parse` reads, or refuses with a message.
  template <class T, class Parse>
  CLI::Option* value(const char* spec, T& into, Parse parse, const std::string& description) {
    return titled(spec, [&](const std::string& name) {
      return app_
          .add_option_function<std::string>(
              name, [&into, parse](const std::string& text) { into = *parse(text); }, description)
          ->check(accepted_by(parse), words_of(parse));
    });
  }

  /// The same, once each time it is given.
  template <class T, class Parse>
  CLI::Option* values(const char* spec, std::vector<T>& into, Parse parse,
                      const std::string& description) {
    return titled(spec, [&](const std::string& name) {
      const auto read = [&into, parse](const std::vector<std::string>& texts) {
        for (const std::string& text : texts) into.push_back(*parse(text));
      };
      return app_.add_option_function<std::vector<std::string>>(name, read, description)
          ->allow_extra_args(false)
          ->check(accepted_by(parse), words_of(parse));
    });
  }

 private:
  template <class Add>
  CLI::Option* titled(const std::string& spec, Add add) {
    const auto blank = spec.find(' ');
    CLI::Option* const option = add(spec.substr(0, blank));
    option->type_name(blank == std::string::npos ? "" : spec.substr(blank + 1));
    return option->group(title_);
  }

  template <class Parse>
  static std::function<std::string(const std::string&)> accepted_by(Parse parse) {
    return [parse](const std::string& text) {
      const auto value = parse(text);
      return value ? std::string{} : value.error().message;
    };
  }

  /// "auto,always,never"; empty where any text may be given.
  template <class Parse>
  static std::string words_of(const Parse& parse) {
    std::string list;
    if constexpr (requires { parse.words; }) {
      for (const std::string& word : parse.words) list += (list.empty() ? "" : ",") + word;
    }
    return list;
  }

  CLI::App& app_;
  const char* title_;
};

/// The name of an option's value: "WHEN". CLI11 has the words to choose from behind it, as in
/// "WHEN:auto,always,never".
inline std::string metavariable_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

/// The words to choose from; none where any text may be given.
inline std::vector<std::string> words_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  const auto colon = type.find(':');
  return colon == std::string::npos ? std::vector<std::string>{}
                                    : split(type.substr(colon + 1), ',');
}

inline constexpr const char* kWhatToMeasure = "What to measure";
inline constexpr const char* kHowLong = "How long";
inline constexpr const char* kVerdict = "Verdict";
inline constexpr const char* kMachine = "Machine";
inline constexpr const char* kOutput = "Output";
inline constexpr const char* kArguments = "Arguments";

/// The examples of a command's help, one a line.
inline void show_examples(CLI::App& app, std::initializer_list<const char*> lines) {
  std::string text = "Examples:";
  for (const char* line : lines) text += std::string{"\n  "} + line;
  app.footer(text);
}

}  // namespace pulsebench::app
