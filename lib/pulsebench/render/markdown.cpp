#include "pulsebench/render/markdown.hpp"

#include <algorithm>
#include <cassert>

#include "pulsebench/vocabulary/printable.hpp"

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

/// GFM splits a row at its bars before it looks at code spans, and takes the backslash away.
std::string with_bars_escaped(std::string_view cell) {
  std::string escaped;
  for (const char c : cell) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string line_of(const std::vector<std::string>& cells, const std::vector<bool>& used) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (used[i]) line += " " + with_bars_escaped(cells[i]) + (cells[i].empty() ? "|" : " |");
  }
  return line + "\n";
}

}  // namespace

std::string code(std::string_view text) {
  if (text.empty()) return "";
  const std::string shown = printable(text, 400);
  const std::string fence(longest_run_of_backticks(shown) + 1, '`');
  const bool touches = shown.front() == '`' || shown.back() == '`';
  const std::string gap = touches ? " " : "";
  return fence + gap + shown + gap + fence;
}

std::string markdown_table(const std::vector<Column>& columns,
                           const std::vector<std::vector<std::string>>& rows) {
  std::vector<bool> used(columns.size(), false);
  for (const auto& row : rows) {
    assert(row.size() == columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) used[i] = used[i] || !row[i].empty();
  }
  std::vector<std::string> headers, rules;
  for (const Column& column : columns) {
    headers.push_back(column.header);
    rules.emplace_back(column.align == Align::right ? "--:" : ":--");
  }
  std::string table = line_of(headers, used) + line_of(rules, used);
  for (const auto& row : rows) table += line_of(row, used);
  return table;
}

}  // namespace pulsebench::render
