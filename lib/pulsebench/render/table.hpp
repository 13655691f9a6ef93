#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/render/text.hpp"

namespace pulsebench::render {

/// Columns that fit a width. A column whose cells are all empty is left out, header and all. Where
/// there is too little room, the elastic column shrinks to `kEnoughForAName`, then columns are
/// dropped, then the elastic column shrinks on.
class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell a column; what lacks at the end is empty.
  void row(std::vector<Text> cells);

  /// The same, where the last cell given takes all the columns that are left: wrapped where it is
  /// too long for them, in a box cut.
  void spanning_row(std::vector<Text> cells);

  /// The same, whole on one line however long: a command that is to be copied.
  void verbatim_row(std::vector<Text> cells);

  /// A line of its own above a group of rows; outside a box a blank one parts it from the group
  /// before.
  void title(Text text);

  /// A line drawn across.
  void rule();

  /// One line a row, aligned, none but a verbatim row wider than `style.width`, no blanks at the
  /// end. The headers come first, where there are any.
  [[nodiscard]] std::string plain(const Style& style) const;

  /// The same in a box with `heading` in its first row. Every line has the same display width.
  /// The headers stand in the line of the first title.
  [[nodiscard]] std::string boxed(const Text& heading, const Style& style) const;

  static constexpr int kEnoughForAName = 30;
  static constexpr int kLeastElastic = 8;

 private:
  struct Row {
    enum class Kind { cells, spanning, verbatim, title, rule };
    Kind kind = Kind::cells;
    std::vector<Text> cells;

    [[nodiscard]] bool spans() const { return kind == Kind::spanning || kind == Kind::verbatim; }
    [[nodiscard]] bool in_columns() const { return kind == Kind::cells || spans(); }
  };
  struct Layout {
    std::vector<int> widths;  ///< of a column; -1 where it is left out
    int total = 0;            ///< columns and gaps
  };

  [[nodiscard]] Layout natural(bool title_in_columns) const;
  [[nodiscard]] Layout fitted(int room, bool title_in_columns) const;
  void sum(Layout& layout) const;
  [[nodiscard]] int widest_line(const Layout& layout) const;
  [[nodiscard]] int start_of(std::size_t column, const Layout& layout) const;
  [[nodiscard]] Row headers() const;
  [[nodiscard]] std::string wrapped_lines(const Row& row, const Layout& layout,
                                          const Style& style) const;
  [[nodiscard]] std::string line(const Row& row, const Layout& layout, int room, bool pad,
                                 const Style& style) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace pulsebench::render
