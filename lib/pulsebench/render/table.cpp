#include "pulsebench/render/table.hpp"

#include <algorithm>
#include <cassert>

#include "pulsebench/render/display_width.hpp"

namespace pulsebench::render {
namespace {

std::string blanks(int n) { return std::string(static_cast<std::size_t>(std::max(n, 0)), ' '); }

std::string repeated(std::string_view glyph, int n) {
  std::string result;
  for (int i = 0; i < n; ++i) result += glyph;
  return result;
}

}  // namespace

void TextTable::row(std::vector<Text> cells) {
  assert(cells.size() <= columns_.size());
  rows_.push_back(Row{Row::Kind::cells, std::move(cells)});
}

void TextTable::spanning_row(std::vector<Text> cells) {
  assert(!cells.empty() && cells.size() <= columns_.size());
  rows_.push_back(Row{Row::Kind::spanning, std::move(cells)});
}

void TextTable::verbatim_row(std::vector<Text> cells) {
  assert(!cells.empty() && cells.size() <= columns_.size());
  rows_.push_back(Row{Row::Kind::verbatim, std::move(cells)});
}

void TextTable::title(Text text) { rows_.push_back(Row{Row::Kind::title, {std::move(text)}}); }

void TextTable::rule() { rows_.push_back(Row{Row::Kind::rule, {}}); }

TextTable::Layout TextTable::natural(bool title_in_columns) const {
  Layout layout{std::vector<int>(columns_.size(), -1), 0};
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::title && title_in_columns) {
      layout.widths[0] = std::max(layout.widths[0], row.cells.front().width());
      title_in_columns = false;
    }
    if (!row.in_columns()) continue;
    const std::size_t aligned = row.cells.size() - (row.spans() ? 1 : 0);
    for (std::size_t i = 0; i < aligned; ++i) {
      if (!row.cells[i].empty())
        layout.widths[i] = std::max(layout.widths[i], row.cells[i].width());
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int& width = layout.widths[i];
    if (width >= 0) width = std::max(width, display_width(columns_[i].header));
  }
  sum(layout);
  return layout;
}

void TextTable::sum(Layout& layout) const {
  layout.total = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (layout.widths[i] < 0) continue;
    layout.total += layout.widths[i] + (layout.total > 0 ? columns_[i].gap : 0);
  }
}

TextTable::Layout TextTable::fitted(int room, bool title_in_columns) const {
  Layout layout = natural(title_in_columns);
  const auto elastic = std::find_if(columns_.begin(), columns_.end(),
                                    [](const Column& column) { return column.elastic; });
  const auto at = static_cast<std::size_t>(elastic - columns_.begin());
  const auto shrink = [&](int least) {
    if (elastic == columns_.end() || layout.widths[at] <= least || layout.total <= room) return;
    layout.widths[at] = std::max(least, layout.widths[at] - (layout.total - room));
    sum(layout);
  };
  const int wanted = elastic == columns_.end() ? 0 : layout.widths[at];
  shrink(kEnoughForAName);
  while (layout.total > room) {
    std::size_t victim = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (layout.widths[i] < 0 || columns_[i].drop == 0) continue;
      if (victim == columns_.size() || columns_[i].drop > columns_[victim].drop) victim = i;
    }
    if (victim == columns_.size()) break;
    layout.widths[victim] = -1;
    if (elastic != columns_.end()) layout.widths[at] = wanted;
    sum(layout);
    shrink(kEnoughForAName);
  }
  shrink(kLeastElastic);
  return layout;
}

int TextTable::start_of(std::size_t column, const Layout& layout) const {
  int start = 0;
  for (std::size_t i = 0; i < column; ++i) {
    if (layout.widths[i] < 0) continue;
    start += layout.widths[i] + (start > 0 ? columns_[i].gap : 0);
  }
  return start > 0 ? start + columns_[column].gap : 0;
}

int TextTable::widest_line(const Layout& layout) const {
  int widest = layout.total;
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::title) widest = std::max(widest, row.cells.front().width());
    if (!row.spans()) continue;
    widest = std::max(widest, start_of(row.cells.size() - 1, layout) + row.cells.back().width());
  }
  return widest;
}

TextTable::Row TextTable::headers() const {
  Row row;
  for (const Column& column : columns_) row.cells.emplace_back(column.header, Tone::quiet);
  return row;
}

std::string TextTable::line(const Row& row, const Layout& layout, int room, bool pad,
                            const Style& style) const {
  std::string result;
  int column = 0;  // where the line has come to
  const auto put = [&](const Text& text, int width, Align align, int gap) {
    const int slack = width - text.width();
    if (text.empty()) return;
    const int before = gap + (align == Align::right ? slack : 0);
    result += blanks(before) + text.drawn(style);
    column += before + text.width();
  };
  int start = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const bool last_of_span = row.spans() && i + 1 == row.cells.size();
    if (last_of_span) {
      const int from = start_of(i, layout);
      const bool whole = !pad && row.kind == Row::Kind::verbatim;
      const Text text = whole ? row.cells[i] : cut(row.cells[i], room - from, style);
      put(text, 0, Align::left, from - column);
      break;
    }
    const int width = layout.widths[i];
    if (width < 0) continue;
    if (start > 0) start += columns_[i].gap;
    const Text cell = columns_[i].elastic ? cut_name(row.cells[i], width, style) : row.cells[i];
    put(cell, width, columns_[i].align, start - column);
    start += width;
  }
  return pad ? result + blanks(room - column) : result;
}

std::string TextTable::wrapped_lines(const Row& row, const Layout& layout,
                                     const Style& style) const {
  const int from = start_of(row.cells.size() - 1, layout);
  std::string result;
  Row part = row;
  for (const Text& text : wrapped(row.cells.back(), style.width - from)) {
    part.cells.back() = text;
    result += line(part, layout, style.width, false, style) + "\n";
    part.cells.assign(row.cells.size(), Text{});
  }
  return result;
}

std::string TextTable::plain(const Style& style) const {
  const Layout layout = fitted(style.width, false);
  const bool headed = std::any_of(columns_.begin(), columns_.end(),
                                  [](const Column& column) { return !column.header.empty(); });
  std::string result;
  if (headed && layout.total > 0) {
    result += line(headers(), layout, style.width, false, style) + "\n";
  }
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::rule) {
      const std::string rule = repeated(glyphs(style).horizontal, layout.total);
      result += painted(rule, Tone::quiet, style);
    } else if (row.kind == Row::Kind::title) {
      if (&row != &rows_.front()) result += "\n";
      result += cut(row.cells.front(), style.width, style).drawn(style);
    } else if (row.kind == Row::Kind::spanning) {
      result += wrapped_lines(row, layout, style);
      continue;
    } else {
      result += line(row, layout, style.width, false, style);
    }
    result += "\n";
  }
  return result;
}

std::string TextTable::boxed(const Text& heading, const Style& style) const {
  const Glyphs& glyph = glyphs(style);
  const int room = style.width - 4;
  const Layout layout = fitted(room, true);
  const int inner =
      std::max(layout.total, std::min(room, std::max(widest_line(layout), heading.width())));

  const auto across = [&](std::string_view left, std::string_view right) {
    const std::string edge =
        std::string{left} + repeated(glyph.horizontal, inner + 2) + std::string{right};
    return painted(edge, Tone::quiet, style) + "\n";
  };
  const std::string side = painted(glyph.vertical, Tone::quiet, style);
  const auto framed = [&](const std::string& content) {
    return side + " " + content + " " + side + "\n";
  };
  const Text shown = cut(heading, inner, style);
  const int left = (inner - shown.width()) / 2;
  std::string result = across(glyph.top_left, glyph.top_right);
  result += framed(blanks(left) + shown.drawn(style) + blanks(inner - shown.width() - left));

  bool headed = false;
  for (const Row& row : rows_) {
    if (row.kind == Row::Kind::rule) {
      result += across(glyph.tee_left, glyph.tee_right);
    } else if (row.kind == Row::Kind::title && !headed) {
      Row first = headers();
      first.cells.front() = row.cells.front();
      headed = true;
      result += framed(line(first, layout, inner, true, style));
    } else if (row.kind == Row::Kind::title) {
      const Text title = cut(row.cells.front(), inner, style);
      result += framed(title.drawn(style) + blanks(inner - title.width()));
    } else {
      result += framed(line(row, layout, inner, true, style));
    }
  }
  return result + across(glyph.bottom_left, glyph.bottom_right);
}

}  // namespace pulsebench::render
