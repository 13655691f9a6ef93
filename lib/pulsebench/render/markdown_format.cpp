#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/formats.hpp"

/// Pages as GitHub-flavoured Markdown, for a pull request or a job summary. Names are code spans;
/// so is every other text that Markdown could read as more than text.
namespace pulsebench::render {
namespace {

/// The longest run of backticks: a code span is fenced by one more (CommonMark 0.30, section 6.1).
std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// As a code span: in it nothing is a link, a mention or HTML. Empty stays empty.
std::string code(std::string_view text) {
  if (text.empty()) return "";
  const std::string fence(longest_run_of_backticks(text) + 1, '`');
  const bool touches = text.front() == '`' || text.back() == '`';
  const std::string gap = touches ? " " : "";
  return fence + gap + std::string{text} + gap + fence;
}

/// Returns true where Markdown reads nothing into the text: no emphasis, link, mention, reference,
/// HTML, entity or formula inside, no list or heading at its beginning.
bool is_harmless(std::string_view text) {
  constexpr std::string_view kSigns = " ,.;:%+-()'/=?!\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || kSigns.find(text[i]) != kSigns.npos) continue;
    if (!text.substr(i).starts_with("< ")) return false;
  }
  if (text.find("//") != text.npos || text.find("www.") != text.npos) return false;
  const std::string_view rest =
      text.substr(std::min(text.find_first_not_of("0123456789"), text.size()));
  const bool starts_list =
      rest.size() < text.size()
          ? rest.starts_with(". ") || rest.starts_with(") ")
          : !text.empty() && (text.front() == '-' || text.front() == '+' || text.front() == '=');
  return !starts_list ||
         (rest.size() > 1 && std::isdigit(static_cast<unsigned char>(rest[1])) != 0);
}

/// The blanks around a code span stand outside it.
std::string quoted(std::string_view text) {
  if (is_harmless(text)) return std::string{text};
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t end = text.find_last_not_of(' ') + 1;
  return std::string{text.substr(0, begin)} + code(text.substr(begin, end - begin)) +
         std::string{text.substr(end)};
}

std::string inlined(const Text& text) {
  std::string result;
  for (const Span& span : text.spans) {
    result += span.verbatim ? code(span.text) : quoted(span.text);
  }
  return result;
}

std::string cell_text(const Cell& cell) {
  const std::string its_sign = sign(cell.mark, kUnbounded);
  const Text drawn = draw(cell, kUnbounded);
  if (std::holds_alternative<Name>(cell.value)) {
    return its_sign + (its_sign.empty() ? "" : " ") + code(drawn.plain());
  }
  const std::string text = std::holds_alternative<Command>(cell.value) ? code(drawn.plain())
                           : std::holds_alternative<Text>(cell.value)  ? inlined(drawn)
                                                                       : drawn.plain();
  return its_sign.empty() || text.empty() ? text + its_sign : text + " " + its_sign;
}

/// GFM splits a row at its bars before it looks at code spans, and takes the backslash away.
std::string with_bars_escaped(std::string_view cell) {
  std::string escaped;
  for (const char c : cell) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

using Cells = std::vector<std::string>;

constexpr const char* kNote = "note";

std::string line_of(const Cells& cells, const std::vector<bool>& used) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (used[i]) line += " " + with_bars_escaped(cells[i]) + (cells[i].empty() ? "|" : " |");
  }
  return line + "\n";
}

/// A note has the column that is left for it, else one of its own at the end.
Cells cells_of(const Row& row, const std::vector<Column>& columns) {
  Cells cells;
  for (const Cell& cell : row.cells) cells.push_back(cell_text(cell));
  std::string note = inlined(row.note);
  if (!row.command.empty()) {
    note += (note.empty() ? "" : "; ") + std::string{row.command_is} + ": " +
            code(Text{row.command}.plain());
  }
  const bool beside = cells.size() < columns.size() && columns.back().header == kNote;
  cells.resize(columns.size() + 1);
  cells[columns.size() - (beside ? 1 : 0)] = std::move(note);
  return cells;
}

/// One table a group, a row a line. Columns without a cell are left out; notes have the last one.
std::string group_text(const std::vector<Column>& columns, const Group& group) {
  std::vector<Cells> rows;
  std::vector<bool> used(columns.size() + 1, false);
  for (const Row& row : group.rows) {
    rows.push_back(cells_of(row, columns));
    for (std::size_t i = 0; i < used.size(); ++i) used[i] = used[i] || !rows.back()[i].empty();
  }
  Cells headers, rules;
  for (const Column& column : columns) {
    headers.push_back(quoted(Text{column.header}.plain()));
    rules.emplace_back(column.align == Align::right ? "--:" : ":--");
  }
  headers.emplace_back(kNote);
  rules.emplace_back(":--");
  std::string text = line_of(headers, used) + line_of(rules, used);
  for (const Cells& row : rows) text += line_of(row, used);
  return text;
}

std::string table_text(const Table& table, const Text& page_title) {
  const std::string heading =
      table.heading.plain() == page_title.plain() ? "" : inlined(table.heading);
  std::string text;
  for (const Group& group : table.groups) {
    const std::string title = inlined(group.title);
    const std::string between = heading.empty() || title.empty() ? "" : ": ";
    if (!heading.empty() || !title.empty()) text += "\n### " + heading + between + title + "\n";
    text += "\n" + group_text(table.columns, group);
  }
  std::string legend;
  for (const Note& note : table.legend) {
    legend += (legend.empty() ? "\n" : " · ") + inlined(note.text);
  }
  return legend.empty() ? text : text + legend + "\n";
}

std::string paragraph_text(const Paragraph& paragraph) {
  std::string text;
  for (const Text& item : paragraph.items) {
    if (!item.empty()) text += (text.empty() ? "\n" : " · ") + inlined(item);
  }
  return text.empty() ? "" : text + "\n";
}

std::string headline_text(const Page& page) {
  const Headline& headline = page.headline;
  const std::string title = inlined(page.title);
  std::string text;
  if (!title.empty()) {
    text = "## " + headline.verdict + (headline.verdict.empty() ? "" : ": ") + title + "\n\n";
  } else if (!headline.verdict.empty()) {
    text = "## " + headline.verdict + "\n\n";
  }
  std::string sentence;
  for (const Text& clause : headline.clauses) {
    sentence += (sentence.empty() ? "" : "; ") + inlined(clause);
  }
  if (headline.exit_code) sentence += fmt::format(" (exit {})", *headline.exit_code);
  return sentence.empty() ? text : text + sentence + "\n";
}

}  // namespace

std::string write_markdown(const Page& page, const Style&) {
  std::string text = headline_text(page);
  bool in_list = false;
  for (const Block& block : page.blocks) {
    const auto* note = std::get_if<Note>(&block);
    if (note != nullptr) {
      const std::string its_sign = sign(note->mark, kUnbounded);
      text += (in_list ? "- " : "\n- ") + its_sign + (its_sign.empty() ? "" : " ") +
              inlined(note->text) + "\n";
    } else if (const auto* table = std::get_if<Table>(&block)) {
      text += table_text(*table, page.title);
    } else if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
      text += paragraph_text(*paragraph);
    }
    in_list = note != nullptr;
  }
  const auto& [advice, command] = page.next;
  if (command.empty()) return text;
  return text + "\nnext: " + quoted(Text{advice}.plain()) + (advice.empty() ? "" : ": ") +
         code(Text{command}.plain()) + "\n";
}

}  // namespace pulsebench::render
