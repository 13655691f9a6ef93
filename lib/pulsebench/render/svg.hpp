#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

/// The small part of SVG that the figures are drawn with. Coordinates are whole: a figure is as
/// wide as `kFigureWidth`, and no eye sees less than that. What is drawn is readable without any
/// style, too: some servers block styles of a page that they show.
namespace pulsebench::render {

inline constexpr int kFigureWidth = 340;

/// `text` in HTML, SVG or an attribute between double quotes: no byte of it is markup.
[[nodiscard]] std::string escaped_html(std::string_view text);

/// Maps a range of values to one of coordinates, linearly; values beyond it to its ends.
class Scale {
 public:
  /// Precondition: both are finite. A range without width is widened.
  Scale(double low, double high, int from, int to);

  [[nodiscard]] int operator()(double value) const;
  [[nodiscard]] double low() const { return low_; }
  [[nodiscard]] double high() const { return high_; }
  [[nodiscard]] bool holds(double value) const { return value >= low_ && value <= high_; }

 private:
  double low_, high_;
  int from_, to_;
};

/// Round values of a scale, and the decimals that tell them apart.
struct Ticks {
  std::vector<double> values;
  int decimals = 0;

  [[nodiscard]] std::string label(double value) const;
};

/// At most `most` + 1 of them within `low` to `high`.
[[nodiscard]] Ticks ticks_between(double low, double high, int most);

/// The `d` of a path, part by part. Marks and curves are relative to what is before them, as most
/// of a page is made of them.
class PathData {
 public:
  /// A mark without extent: the style gives it its size and shape.
  void dot(int x, int y);
  void horizontal(int x1, int x2, int y);
  void vertical(int x, int y1, int y2);
  void move(int x, int y);
  void line_to(int x, int y);
  [[nodiscard]] bool empty() const { return data_.empty(); }
  /// `<path class="name" d="..."/>`; nothing where there is no part.
  [[nodiscard]] std::string element(std::string_view css_class) const;

 private:
  void go_to(char command, int x, int y);

  std::string data_;
  int x_ = 0, y_ = 0;     ///< where the path is
  bool in_line_ = false;  ///< after `line_to`: the next one needs no command
};

enum class Anchor { start, middle, end };

/// The labels of a picture.
class Labels {
 public:
  void add(Anchor anchor, int x, int y, std::string_view text);
  [[nodiscard]] std::string elements() const;

 private:
  std::array<std::string, 3> texts_;  ///< by anchor
};

/// Paths that are drawn as lines.
[[nodiscard]] std::string lines(const std::string& paths);

/// The picture: `paths` are lines, `labels` stand on them. A reader who does not see it hears the
/// caption of its figure, and the facts below.
[[nodiscard]] std::string svg(int height, const std::string& paths, const Labels& labels,
                              int width = kFigureWidth);

}  // namespace pulsebench::render
