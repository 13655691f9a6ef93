#include "completion.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "completion_values.hpp"
#include "help.hpp"
#include "option_group.hpp"

namespace pulsebench::app {
namespace {

/// The words of a line of bash, without quotes.
struct BashLine {
  std::vector<std::string> words{1};
  std::size_t kept = 0;  ///< bytes of the last word up to the last unquoted break
  bool in_quotes = false;
};

BashLine split_line(std::string_view text, std::string_view breaks) {
  BashLine line;
  char quote = '\0';
  bool in_word = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (quote == '\0' && (byte == ' ' || byte == '\t' || byte == '\n')) {
      if (in_word) line.words.emplace_back();
      in_word = false;
      line.kept = 0;
      continue;
    }
    in_word = true;
    std::string& word = line.words.back();
    if (quote == '\0' && (byte == '\'' || byte == '"')) {
      quote = byte;
    } else if (byte == quote) {
      quote = '\0';
    } else if (byte == '\\' && quote != '\'') {
      if (++at < text.size()) word += text[at];
    } else {
      word += byte;
      if (quote == '\0' && breaks.find(byte) != std::string_view::npos) line.kept = word.size();
    }
  }
  line.in_quotes = quote != '\0';
  return line;
}

/// Where the word to be completed stands: the command before it, and what that already has.
struct Place {
  const CLI::App* command;
  const CLI::Option* open = nullptr;   ///< an option whose value is next
  std::vector<std::string> arguments;  ///< of the command
  bool options_ended = false;
  std::optional<std::string> root;
};

bool takes_value(const CLI::Option& option) { return option.get_type_size() != 0; }

const CLI::Option* find_option(const CLI::App& command, const std::string& name) {
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
    if (const CLI::Option* option = app->get_option_no_throw(name)) return option;
  }
  return nullptr;
}

const CLI::App* find_command(const CLI::App& parent, const std::string& name) {
  const auto named =
      parent.get_subcommands([&](const CLI::App* app) { return app->get_name() == name; });
  return named.empty() ? nullptr : named.front();
}

void take_option(Place& place, const std::string& word) {
  const auto equals = word.find('=');
  const std::string name = word.substr(0, equals);
  if (equals != std::string::npos) {
    if (name == "--root") place.root = word.substr(equals + 1);
    return;
  }
  const CLI::Option* const option = find_option(*place.command, name);
  if (option != nullptr && takes_value(*option)) place.open = option;
}

void take_word(Place& place, const std::string& word) {
  if (place.open != nullptr) {
    if (place.open->check_name("--root")) place.root = word;
    place.open = nullptr;
  } else if (!place.options_ended && word == "--") {
    place.options_ended = true;
  } else if (!place.options_ended && word.size() > 1 && word.front() == '-') {
    take_option(place, word);
  } else if (const CLI::App* sub = find_command(*place.command, word);
             sub != nullptr && place.arguments.empty()) {
    place.command = sub;
  } else {
    place.arguments.push_back(word);
  }
}

Candidates command_candidates(const CLI::App& command) {
  Candidates candidates;
  for (const CLI::App* sub : command.get_subcommands({})) {
    candidates.push_back({sub->get_name(), sub->get_description()});
  }
  return candidates;
}

Candidates option_candidates(const CLI::App& command) {
  Candidates candidates;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      candidates.push_back({"--" + name, option->get_description()});
    }
  }
  return candidates;
}

Candidates value_candidates(const CLI::Option& option, const Place& place,
                            const std::string& typed) {
  const auto& names = option.get_lnames();
  return values_for(
      {.command = place.command->get_name(),
       .option = names.empty() ? "" : "--" + names.front(),
       .metavariable = option.get_positional() ? option.get_name() : metavariable_of(option),
       .words = words_of(option),
       .root = place.root},
      typed);
}

/// Of `help`: the commands below those that are named.
Candidates commands_to_explain(const Place& place, const std::string& typed) {
  const CLI::App* command = place.command->get_parent();
  for (const std::string& name : place.arguments) {
    command = find_command(*command, name);
    if (command == nullptr) return {};
  }
  return beginning_with(typed, command_candidates(*command));
}

/// The argument that is next; the last one again where it may be repeated.
const CLI::Option* next_argument(const Place& place) {
  const CLI::Option* last = nullptr;
  std::size_t left = place.arguments.size();
  for (const CLI::Option* option : place.command->get_options()) {
    if (!option->get_positional()) continue;
    if (left-- == 0) return option;
    last = option;
  }
  return last != nullptr && last->get_allow_extra_args() ? last : nullptr;
}

Candidates argument_candidates(const Place& place, const std::string& typed) {
  if (place.command->get_name() == "help") return commands_to_explain(place, typed);
  const bool is_first = place.arguments.empty();
  Candidates candidates;
  if (is_first) candidates = beginning_with(typed, command_candidates(*place.command));
  const CLI::Option* const argument = next_argument(place);
  if (argument != nullptr) {
    const Candidates values = value_candidates(*argument, place, typed);
    candidates.insert(candidates.end(), values.begin(), values.end());
  } else if (is_first && typed.empty() && candidates.empty()) {
    candidates = option_candidates(*place.command);
  }
  return candidates;
}

/// Of "--tier=0": "--tier=0,1" and so on.
Candidates values_behind(const std::string& typed, std::size_t equals, const Place& place) {
  const CLI::Option* const option = find_option(*place.command, typed.substr(0, equals));
  if (option == nullptr || !takes_value(*option)) return {};
  Candidates candidates = value_candidates(*option, place, typed.substr(equals + 1));
  for (Candidate& one : candidates) one.text.insert(0, typed, 0, equals + 1);
  return candidates;
}

Candidates candidates_for(const CLI::App& root, const std::vector<std::string>& words) {
  Place place{.command = &root, .arguments = {}, .root = {}};
  for (std::size_t i = 0; i + 1 < words.size(); ++i) take_word(place, words[i]);
  const std::string& typed = words.back();
  if (place.open != nullptr) return value_candidates(*place.open, place, typed);
  if (place.options_ended || !typed.starts_with('-')) return argument_candidates(place, typed);
  const auto equals = typed.find('=');
  if (equals != std::string::npos) return values_behind(typed, equals, place);
  return beginning_with(typed, option_candidates(*place.command));
}

std::string quoted_for_bash(std::string_view text) {
  std::string quoted;
  for (const char byte : text) {
    if (byte == '<' || byte == '>') quoted += '\\';
    quoted += byte;
  }
  return quoted;
}

std::string answer_bash(const CLI::App& root, std::string_view breaks, std::string_view text) {
  BashLine line = split_line(text, breaks);
  if (line.in_quotes || line.words.size() < 2) return "";
  line.words.erase(line.words.begin());
  std::string answer;
  for (const Candidate& one : candidates_for(root, line.words)) {
    answer += quoted_for_bash(std::string_view{one.text}.substr(line.kept)) + '\n';
  }
  return answer;
}

}  // namespace

std::string answer_completion(const CLI::App& root, std::span<const char* const> words) {
  const std::string_view kind = words.empty() ? "" : words.front();
  if (kind == "bash" && words.size() == 3) return answer_bash(root, words[1], words[2]);
  if (kind != "words" || words.size() < 2) return "";
  std::string answer;
  for (const Candidate& one : candidates_for(root, {words.begin() + 1, words.end()})) {
    answer += one.text + '\t' + one.description + '\n';
  }
  return answer;
}

}  // namespace pulsebench::app
