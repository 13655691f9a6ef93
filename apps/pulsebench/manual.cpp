#include "manual.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <span>
#include <sstream>
#include <vector>

#include "help.hpp"
#include "manual_text.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "version.hpp"

namespace pulsebench::app {
namespace {

/// Text that troff prints as it stands, also at the beginning of a line.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char byte : text) {
    switch (byte) {
      case '\\':
        safe += "\\e";
        break;
      case '-':
        safe += "\\-";
        break;
      case '\'':
        safe += "\\(aq";
        break;
      case '`':
        safe += "\\(ga";
        break;
      case '^':
        safe += "\\(ha";
        break;
      case '~':
        safe += "\\(ti";
        break;
      default:
        safe += byte;
    }
  }
  return safe.empty() || safe.front() != '.' ? safe : "\\&" + safe;
}

/// Text to be filled, in lines of at most 78 bytes. It does not begin with a dot.
std::string filled(const std::string& text) {
  constexpr std::size_t kPageWidth = 78;
  std::string lines;
  std::size_t column = 0;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    word = escaped(word);
    if (column != 0 && column + 1 + word.size() > kPageWidth) {
      lines += '\n';
      column = 0;
    }
    if (column != 0) lines += ' ';
    column += word.size() + (column == 0 ? 0 : 1);
    lines += word;
  }
  return lines + "\n";
}

std::string tagged(const std::string& name, const std::string& meaning) {
  return ".TP\n.B \"" + escaped(name) + "\"\n" + filled(meaning);
}

std::string page_section(const std::string& title) { return ".SH \"" + title + "\"\n"; }

std::string term_list(const std::string& title, std::span<const Term> terms) {
  std::string text = page_section(title);
  for (const Term& term : terms) text += tagged(term.name, term.meaning);
  return text;
}

std::string as_sentence(std::string text) {
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text.ends_with('.') ? text : text + '.';
}

std::string as_phrase(std::string text) {
  text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string option_sections(const CLI::App& command) {
  std::string text = page_section("OPTIONS");
  for (const std::string& group : command.get_groups()) {
    text += ".SS \"" + group + "\"\n";
    for (const CLI::Option* option : command.get_options()) {
      if (option->get_group() == group)
        text += tagged(names_of(*option), option->get_description());
    }
  }
  return text;
}

/// The lines of the help behind "Examples:", each as it stands.
std::string example_lines(const CLI::App& command) {
  std::string text = page_section("EXAMPLES") + ".nf\n";
  const std::string footer = command.get_footer();
  const auto begin = footer.find("Examples:\n");
  if (begin == std::string::npos) return "";
  std::istringstream lines{footer.substr(begin)};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line))
    text += escaped(line.substr(line.find_first_not_of(' '))) + "\n";
  return text + ".fi\n";
}

std::string references(const CLI::App& command) {
  std::vector<std::string> names;
  if (command.get_parent() != nullptr) names.push_back(page_name(*command.get_parent()));
  for (const CLI::App* sub : command.get_subcommands({})) names.push_back(page_name(*sub));
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ",\n") + (".BR " + escaped(name) + " (1)");
  }
  return page_section("SEE ALSO") + text + "\n";
}

}  // namespace

std::string page_name(const CLI::App& command) {
  std::string name = full_name(command);
  std::ranges::replace(name, ' ', '-');
  return name;
}

std::string manual_page(const CLI::App& command) {
  const bool is_root = command.get_parent() == nullptr;
  const std::string name = page_name(command);
  std::string title = name;
  std::ranges::transform(title, title.begin(),
                         [](unsigned char letter) { return std::toupper(letter); });
  std::string page = ".TH " + title + " 1 " + kVersionDate + " \"pulsebench " + kVersion +
                     "\" \"Manual of pulsebench\"\n";
  page += page_section("NAME") + escaped(name) + " \\-\n" +
          filled(as_phrase(command.get_description()));
  page += page_section("SYNOPSIS") + filled(usage_of(command));
  page += page_section("DESCRIPTION");
  page += is_root ? filled(kAbout)
                  : filled(as_sentence(command.get_description())) +
                        "The files and variables of all commands are described in\n"
                        ".BR pulsebench (1).\n";
  if (const auto below = command.get_subcommands({}); !below.empty()) {
    page += page_section("COMMANDS");
    for (const CLI::App* sub : below) page += tagged(sub->get_name(), sub->get_description());
  }
  page += option_sections(command);
  page += term_list("EXIT STATUS", kExitCodes);
  if (is_root) page += term_list("FILES", kFiles) + term_list("ENVIRONMENT", kVariables);
  return page + example_lines(command) + references(command);
}

Result<void> write_manual(const CLI::App& command, const std::string& folder) {
  const auto file = std::filesystem::path{folder} / (page_name(command) + ".1");
  PB_CHECK(os::write_whole(file, manual_page(command)));
  for (const CLI::App* sub : command.get_subcommands({})) PB_CHECK(write_manual(*sub, folder));
  return {};
}

}  // namespace pulsebench::app
