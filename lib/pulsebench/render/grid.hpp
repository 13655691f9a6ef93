#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/render/text.hpp"

namespace pulsebench::render {

/// Drawn cells in columns that fit a width. A column whose cells are all empty is left out, header
/// and all. Where there is too little room, the elastic column shrinks to `kEnoughForAName`, then
/// columns are dropped, then the elastic column shrinks on.
class Grid {
 public:
  explicit Grid(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell a column; those that lack at the end are empty.
  void row(std::vector<Text> cells);

  /// The same, where the last cell given takes all the columns that are left, wrapped where it is
  /// too long for them.
  void spanning_row(std::vector<Text> cells);

  /// Lines below a row, indented and wrapped.
  void below(Text text) { lines_.push_back({Line::Kind::below, {std::move(text)}}); }

  /// The same on one line, however long: a command that is to be copied.
  void verbatim(Text text) { lines_.push_back({Line::Kind::verbatim, {std::move(text)}}); }

  /// A line of its own above a group of rows; outside a box an empty line precedes it.
  void title(Text text) { lines_.push_back({Line::Kind::title, {std::move(text)}}); }

  /// One line a row, aligned, none but a verbatim one wider than `style.width`, no blanks at the
  /// end. The headers come first, where there are any.
  [[nodiscard]] std::string plain(const Style& style) const;

  /// The same in a box with `heading` in its first row, and a line drawn across above each title.
  /// Every line has the same display width. The headers stand in the line of the first title.
  [[nodiscard]] std::string boxed(const Text& heading, const Style& style) const;

  static constexpr int kEnoughForAName = 30;
  static constexpr int kLeastElastic = 8;

 private:
  struct Line {
    enum class Kind { cells, spanning, below, verbatim, title };
    Kind kind = Kind::cells;
    std::vector<Text> cells;

    [[nodiscard]] bool in_columns() const { return kind == Kind::cells || kind == Kind::spanning; }
  };
  struct Layout {
    std::vector<int> widths;  ///< of a column; -1 where it is left out
    int total = 0;            ///< columns and gaps
  };

  [[nodiscard]] Layout natural(bool title_in_columns) const;
  [[nodiscard]] Layout fitted(int room, bool title_in_columns) const;
  static void sum(Layout& layout);
  [[nodiscard]] int widest_line(const Layout& layout) const;
  [[nodiscard]] static int start_of(std::size_t column, const Layout& layout);
  [[nodiscard]] Line headers() const;
  [[nodiscard]] Text in_columns(const Line& line, const Layout& layout, int room,
                                const Style& style) const;
  [[nodiscard]] std::vector<Text> drawn(const Line& line, const Layout& layout, int room,
                                        const Style& style) const;

  std::vector<Column> columns_;
  std::vector<Line> lines_;
};

}  // namespace pulsebench::render
