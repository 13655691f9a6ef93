#include "pulsebench/render/grid.hpp"

#include <algorithm>
#include <cassert>

#include "pulsebench/render/text.hpp"

namespace pulsebench::render {
namespace {

constexpr int kGap = 2;     // blanks between two columns
constexpr int kIndent = 2;  // of a line below a row

std::string blanks(int n) { return std::string(static_cast<std::size_t>(std::max(n, 0)), ' '); }

std::string repeated(std::string_view glyph, int n) {
  std::string result;
  for (int i = 0; i < n; ++i) result += glyph;
  return result;
}

/// What follows the last letter goes.
Text without_trailing_blanks(Text text) {
  while (!text.empty() && text.spans.back().text.find_first_not_of(' ') == std::string::npos) {
    text.spans.pop_back();
  }
  return text;
}

}  // namespace

void Grid::row(std::vector<Text> cells) {
  assert(cells.size() <= columns_.size());
  lines_.push_back(Line{Line::Kind::cells, std::move(cells)});
}

void Grid::spanning_row(std::vector<Text> cells) {
  assert(!cells.empty() && cells.size() <= columns_.size());
  lines_.push_back(Line{Line::Kind::spanning, std::move(cells)});
}

Grid::Layout Grid::natural(bool title_in_columns) const {
  Layout layout{std::vector<int>(columns_.size(), -1), 0};
  for (const Line& line : lines_) {
    if (line.kind == Line::Kind::title && title_in_columns) {
      layout.widths[0] = std::max(layout.widths[0], line.cells.front().width());
      title_in_columns = false;
    }
    if (!line.in_columns()) continue;
    const std::size_t aligned = line.cells.size() - (line.kind == Line::Kind::spanning ? 1 : 0);
    if (aligned < line.cells.size()) layout.widths[aligned] = std::max(layout.widths[aligned], 0);
    for (std::size_t i = 0; i < aligned; ++i) {
      if (!line.cells[i].empty())
        layout.widths[i] = std::max(layout.widths[i], line.cells[i].width());
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int& width = layout.widths[i];
    if (width >= 0) width = std::max(width, display_width(columns_[i].header));
  }
  sum(layout);
  return layout;
}

void Grid::sum(Layout& layout) {
  layout.total = 0;
  for (const int width : layout.widths) {
    if (width >= 0) layout.total += width + (layout.total > 0 ? kGap : 0);
  }
}

Grid::Layout Grid::fitted(int room, bool title_in_columns) const {
  Layout layout = natural(title_in_columns);
  const auto elastic = std::ranges::find(columns_, true, &Column::elastic);
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
    if (elastic != columns_.end() && layout.widths[at] >= 0) layout.widths[at] = wanted;
    sum(layout);
    shrink(kEnoughForAName);
  }
  shrink(kLeastElastic);
  return layout;
}

int Grid::start_of(std::size_t column, const Layout& layout) {
  int start = 0;
  for (std::size_t i = 0; i < column; ++i) {
    if (layout.widths[i] >= 0) start += layout.widths[i] + kGap;
  }
  return start;
}

int Grid::widest_line(const Layout& layout) const {
  int widest = layout.total;
  for (const Line& line : lines_) {
    if (line.cells.empty() || line.kind == Line::Kind::cells) continue;
    const int from = line.kind == Line::Kind::spanning ? start_of(line.cells.size() - 1, layout)
                     : line.kind == Line::Kind::title  ? 0
                                                       : kIndent;
    widest = std::max(widest, from + line.cells.back().width());
  }
  return widest;
}

Grid::Line Grid::headers() const {
  Line line;
  for (const Column& column : columns_) line.cells.emplace_back(column.header, Tone::quiet);
  return line;
}

Text Grid::in_columns(const Line& line, const Layout& layout, int room, const Style& style) const {
  Text result;
  int at = 0;  // the column that the line has come to
  const auto put = [&](const Text& text, int start) {
    if (text.empty()) return;
    result.add(blanks(start - at)).append(text);
    at = start + text.width();
  };
  for (std::size_t i = 0; i < line.cells.size(); ++i) {
    const int start = start_of(i, layout);
    if (line.kind == Line::Kind::spanning && i + 1 == line.cells.size()) {
      put(cut(line.cells[i], room - start, style), start);
    } else if (const int width = layout.widths[i]; width >= 0) {
      const Text cell = columns_[i].elastic ? cut_name(line.cells[i], width, style) : line.cells[i];
      put(cell, start + (columns_[i].align == Align::right ? width - cell.width() : 0));
    }
  }
  return without_trailing_blanks(std::move(result));
}

/// The lines of a terminal that it takes.
std::vector<Text> Grid::drawn(const Line& line, const Layout& layout, int room,
                              const Style& style) const {
  std::vector<Text> result;
  switch (line.kind) {
    case Line::Kind::cells:
      result.push_back(in_columns(line, layout, room, style));
      break;
    case Line::Kind::spanning: {
      Line part = line;
      for (const Text& text :
           wrapped(line.cells.back(), room - start_of(line.cells.size() - 1, layout))) {
        part.cells.back() = text;
        result.push_back(in_columns(part, layout, room, style));
        part.cells.assign(line.cells.size(), Text{});
      }
      break;
    }
    case Line::Kind::below:
      for (const Text& text : wrapped(line.cells.front(), room - kIndent)) {
        result.push_back(Text{blanks(kIndent)}.append(text));
      }
      break;
    case Line::Kind::verbatim:
      result.push_back(Text{blanks(kIndent)}.append(line.cells.front()));
      break;
    case Line::Kind::title:
      result.push_back(cut(line.cells.front(), room, style));
      break;
  }
  return result;
}

std::string Grid::plain(const Style& style) const {
  const Layout layout = fitted(style.width, false);
  const bool headed =
      std::ranges::any_of(columns_, [](const Column& column) { return !column.header.empty(); });
  std::string result;
  if (headed && layout.total > 0) {
    result += in_columns(headers(), layout, style.width, style).drawn(style) + "\n";
  }
  for (const Line& line : lines_) {
    if (line.kind == Line::Kind::title && &line != &lines_.front()) result += "\n";
    for (const Text& text : drawn(line, layout, style.width, style)) {
      result += text.drawn(style) + "\n";
    }
  }
  return result;
}

std::string Grid::boxed(const Text& heading, const Style& style) const {
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
  const auto framed = [&](const Text& text) {
    return side + " " + text.drawn(style) + blanks(inner - text.width()) + " " + side + "\n";
  };
  const Text shown = cut(heading, inner, style);
  std::string result = across(glyph.top_left, glyph.top_right) +
                       framed(Text{blanks((inner - shown.width()) / 2)}.append(shown));
  bool headed = false;
  for (const Line& line : lines_) {
    if (line.kind == Line::Kind::title) result += across(glyph.tee_left, glyph.tee_right);
    if (line.kind == Line::Kind::title && !headed) {
      Line first = headers();
      first.cells.front() = line.cells.front();
      headed = true;
      result += framed(in_columns(first, layout, inner, style));
      continue;
    }
    for (const Text& text : drawn(line, layout, inner, style)) result += framed(text);
  }
  return result + across(glyph.bottom_left, glyph.bottom_right);
}

}  // namespace pulsebench::render
