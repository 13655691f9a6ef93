#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/grid.hpp"
#include "pulsebench/render/text.hpp"

/// Pages for a terminal: as wide as it is, coloured where it can be, ASCII where it is dumb.
namespace pulsebench::render {
namespace {

Text dot(const Style& style) { return {fmt::format(" {} ", glyphs(style).dot), Tone::quiet}; }

int sign_width(const Style& style) {
  return std::max(display_width(glyphs(style).met), display_width(glyphs(style).missed));
}

/// The cell with its sign; in a column of signs, all end at the same place.
Text with_sign(const Cell& cell, bool among_signs, const Style& style) {
  const std::string its_sign = sign(cell.mark, style);
  const std::string pad(
      static_cast<std::size_t>(std::max(0, sign_width(style) - display_width(its_sign))), ' ');
  Text text = draw(cell, style);
  if (std::holds_alternative<Name>(cell.value)) {
    if (its_sign.empty()) return text;
    return Text{its_sign, tone_of(cell.mark)}.add(pad + " ").append(text);
  }
  if (!its_sign.empty()) {
    text.add(text.empty() ? "" : " ").add(its_sign, tone_of(cell.mark)).add(pad);
  } else if (among_signs && !text.empty()) {
    text.add(std::string(static_cast<std::size_t>(1 + sign_width(style)), ' '));
  }
  return text;
}

std::vector<bool> columns_with_signs(const Table& table) {
  std::vector<bool> signs(table.columns.size(), false);
  for (const Group& group : table.groups) {
    for (const Row& row : group.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        signs[i] = signs[i] || row.cells[i].mark != Mark::none;
      }
    }
  }
  return signs;
}

Text branch_of(bool last, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  return {std::string{last ? glyph.last_branch : glyph.branch}, Tone::quiet};
}

void add_row(Grid& grid, const Row& row, const std::vector<bool>& signs,
             const std::optional<Text>& branch, const Style& style) {
  std::vector<Text> cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    Text cell = with_sign(row.cells[i], signs[i], style);
    if (i == 0 && branch && !cell.empty()) {
      cell = Text{*branch}.append(cell);
    }
    cells.push_back(std::move(cell));
  }
  const Text note = in_charset(row.note, style);
  const bool beside = !note.empty() && cells.size() < signs.size();
  if (beside) cells.push_back(note);
  beside ? grid.spanning_row(std::move(cells)) : grid.row(std::move(cells));
  if (!beside && !note.empty()) grid.below(note);
  if (!row.command.empty())
    grid.verbatim(Text{row.command_is + std::string{": "}, Tone::quiet}.add(row.command));
}

std::vector<Column> fitted_columns(const Table& table, const Style& style) {
  std::vector<Column> columns = table.columns;
  for (Column& column : columns) {
    if (style.width < kWide && !column.narrow.empty()) column.header = column.narrow;
    column.header = in_charset(Text{column.header}, style).plain();
  }
  return columns;
}

std::string table_text(const Table& table, const Style& style) {
  const bool boxed = !table.heading.empty();
  const std::vector<bool> signs = columns_with_signs(table);
  Grid grid{fitted_columns(table, style)};
  for (const Group& group : table.groups) {
    if (!group.title.empty()) grid.title(in_charset(group.title, style));
    for (const Row& row : group.rows) {
      const bool last = &row == &group.rows.back();
      add_row(grid, row, signs, boxed ? std::optional{branch_of(last, style)} : std::nullopt,
              style);
    }
  }
  std::vector<Text> legend;
  for (const Column& column : table.columns) {
    if (style.width >= kWide || column.narrow.empty() || column.header.empty()) continue;
    legend.push_back(in_charset({"±: half the " + column.header, Tone::quiet}, style));
  }
  for (const Note& note : table.legend) {
    legend.push_back(in_charset(Text{note.text.plain(), Tone::quiet}, style));
  }
  const std::string below = flowed(legend, dot(style), style);
  if (boxed) return grid.boxed(in_charset(table.heading, style), style) + below;
  return grid.plain(style) + (below.empty() ? "" : "\n") + below;
}

std::string note_text(const Note& note, const Style& style) {
  const Text text = in_charset(note.text, style);
  if (note.mark == Mark::none) return flowed({text}, {}, style);
  return hanging({sign(note.mark, style), tone_of(note.mark)}, text, style);
}

std::string paragraph_text(const Paragraph& paragraph, const Style& style) {
  std::vector<Text> items;
  for (const Text& item : paragraph.items) items.push_back(in_charset(item, style));
  return flowed(items, dot(style), style);
}

std::string block_text(const Block& block, const Style& style) {
  if (const auto* table = std::get_if<Table>(&block)) return table_text(*table, style);
  if (const auto* note = std::get_if<Note>(&block)) return note_text(*note, style);
  const auto* const paragraph = std::get_if<Paragraph>(&block);
  return paragraph == nullptr ? "" : paragraph_text(*paragraph, style);
}

}  // namespace

std::string verdict_line(const Page& page, const Style& style) {
  const Headline& headline = page.headline;
  Text sentence{headline.verdict, headline.tone};
  if (!sentence.empty() && !headline.clauses.empty()) sentence.add(": ");
  for (const Text& clause : headline.clauses) {
    if (&clause != &headline.clauses.front()) sentence.add("; ");
    for (const Span& span : clause.spans) {
      const bool bare = headline.verdict.empty() && span.tone == Tone::plain;
      sentence.add(span.text, bare ? headline.tone : span.tone);
    }
  }
  const Text code =
      headline.exit_code ? Text{fmt::format("(exit {})", *headline.exit_code)} : Text{};
  return flowed({in_charset(sentence, style), code}, " ", style);
}

/// Blocks of one kind stand together; an empty line parts them from the next, and each table from
/// anything.
std::string write_text(const Page& page, const Style& style) {
  std::string screen = verdict_line(page, style);
  std::optional<std::size_t> before;
  for (const Block& block : page.blocks) {
    const std::string text = block_text(block, style);
    if (text.empty()) continue;
    if (before != block.index() || std::holds_alternative<Table>(block)) screen += "\n";
    before = block.index();
    screen += text;
  }
  const auto [advice, command] = page.next;
  if (command.empty()) return screen;
  if (!page.blocks.empty() && !std::holds_alternative<Paragraph>(page.blocks.back()))
    screen += "\n";
  const Text lead{advice.empty() ? "next: " : "next: " + advice + ": "};
  const Text whole{command};
  if (lead.width() + whole.width() <= style.width || advice.empty()) {
    return screen + lead.drawn(style) + whole.drawn(style) + "\n";
  }
  return screen + flowed({Text{"next: " + advice + ":"}}, {}, style) + "  " + whole.drawn(style) +
         "\n";
}

}  // namespace pulsebench::render
