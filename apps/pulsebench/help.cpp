#include "help.hpp"

#include <sstream>
#include <vector>

#include "manual_text.hpp"
#include "option_group.hpp"

namespace pulsebench::app {
namespace {

constexpr std::size_t kWidth = 80, kIndent = 2, kColumn = 26;

/// "  --filter REGEX          only benchmarks whose id matches this", and on as far as it takes.
std::string entry(const std::string& name, const std::string& description) {
  std::string text = std::string(kIndent, ' ') + name;
  if (text.size() + 2 > kColumn) text += "\n" + std::string(kColumn, ' ');
  std::size_t column = text.find('\n') == std::string::npos ? text.size() : kColumn;
  text.append(kColumn - column, ' ');
  column = kColumn;
  std::istringstream words{description};
  for (std::string word; words >> word;) {
    const bool first = column == kColumn;
    if (!first && column + 1 + word.size() > kWidth) {
      text += "\n" + std::string(kColumn, ' ');
      column = kColumn;
    }
    if (column != kColumn) text += ' ';
    column += word.size() + (column == kColumn ? 0 : 1);
    text += word;
  }
  return text + "\n";
}

}  // namespace

std::string full_name(const CLI::App& command) {
  const CLI::App* const parent = command.get_parent();
  return parent == nullptr ? "pulsebench" : full_name(*parent) + " " + command.get_name();
}

std::string names_of(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name();
  std::string names;
  for (const std::string& name : option.get_snames()) names += "-" + name + ", ";
  for (const std::string& name : option.get_lnames()) names += "--" + name;
  const std::string type = metavariable_of(option);
  return option.get_type_size() == 0 || type.empty() ? names : names + " " + type;
}

std::string usage_of(const CLI::App& command) {
  std::string usage = full_name(command) + " [OPTIONS]";
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = option->get_name();
    usage += option->get_required() ? " " + name : " [" + name + "]";
  }
  return usage + (command.get_subcommands({}).empty() ? "" : " COMMAND");
}

std::string footer_of_all() {
  std::string text = "Exit codes:\n";
  for (const Term& code : kExitCodes) text += entry(code.name, code.meaning);
  text += "\nExamples:";
  for (const char* line : kExamples) text += std::string{"\n  "} + line;
  return text;
}

std::string help_of(const CLI::App& command) {
  std::string text = command.get_description() + "\n\nUsage: " + usage_of(command) + "\n";
  if (const auto below = command.get_subcommands({}); !below.empty()) {
    text += "\nCommands:\n";
    for (const CLI::App* sub : below) text += entry(sub->get_name(), sub->get_description());
  }
  for (const std::string& group : command.get_groups()) {
    text += "\n" + group + ":\n";
    for (const CLI::Option* option : command.get_options()) {
      if (option->get_group() == group) text += entry(names_of(*option), option->get_description());
    }
  }
  return text + "\n" + command.get_footer() + "\n";
}

}  // namespace pulsebench::app
