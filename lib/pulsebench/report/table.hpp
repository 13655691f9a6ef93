#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/report/style.hpp"

namespace pulsebench::report {

/// A piece of text in one tone. The text is printable: names from outside went through
/// `printable()` before.
struct Span {
  std::string text;
  Tone tone = Tone::plain;
};

/// One cell, or one line: spans side by side.
struct Text {
  std::vector<Span> spans;

  Text() = default;
  Text(std::string text, Tone tone = Tone::plain);     // NOLINT: a string is the common cell
  Text(const char* text) : Text(std::string{text}) {}  // NOLINT
  Text& add(std::string text, Tone tone = Tone::plain);

  [[nodiscard]] bool empty() const;
  [[nodiscard]] int width() const;
  [[nodiscard]] std::string drawn(const Style& style) const;
};

/// `text` in at most `width` columns, its end replaced by an ellipsis where it does not fit.
[[nodiscard]] Text cut(const Text& text, int width, const Style& style);

enum class Align { left, right };

struct Column {
  std::string header;
  Align align = Align::left;
  int gap = 2;           ///< blanks before it; the first column has none
  int drop = 0;          ///< left out where room is short, highest first; 0: never
  bool elastic = false;  ///< cut in the middle where room is short; at most one column
};

struct Row {
  enum class Kind { cells, title, rule };
  Kind kind = Kind::cells;
  std::vector<Text> cells;  ///< of a title: the text, and what stands at the right edge
  /// Index of the cell that takes its column and all to the right of it; -1: none.
  int spanning = -1;
};

/// Columns that fit a width. A column whose cells are all empty is left out, header and all. Where
/// there is too little room, the elastic column shrinks to `kLeastElastic`, then columns are
/// dropped, then the elastic column shrinks on.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void row(std::vector<Text> cells);
  /// A row whose cell number `from` takes the columns from there on.
  void spanning_row(std::vector<Text> cells, int from);
  void title(Text left, Text right = {});
  void rule();

  /// One line a row, aligned, no line wider than `style.width`, no blanks at the end. The headers
  /// come first where there are any.
  [[nodiscard]] std::string plain(const Style& style) const;

  /// The same in a box with `heading` in its first row; every line has the same display width.
  /// The headers stand in the first title's line.
  [[nodiscard]] std::string boxed(const Text& heading, const Style& style) const;

  static constexpr int kLeastElastic = 24;

 private:
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace pulsebench::report
