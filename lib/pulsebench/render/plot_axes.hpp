#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "pulsebench/render/svg.hpp"

/// What the figures share: ranges and axes.
namespace pulsebench::render {

inline constexpr int kLeft = 46, kRight = kFigureWidth - 8;  ///< of what an axis stands beside

/// The least and the greatest of what was added.
struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  [[nodiscard]] bool empty() const { return low > high; }
};

/// The unit in which all ticks of an axis of costs are labelled.
struct CostUnit {
  double ns;
  const char* name;
};

[[nodiscard]] CostUnit unit_for(double greatest);

/// A picture that grows.
struct Picture {
  std::string paths;
  Labels labels;
};

/// Vertical lines at round costs from `top` to `bottom`, labelled below.
void draw_cost_axis(Picture& picture, const Scale& scale, int top, int bottom);

/// Horizontal lines at round percentages, labelled to the left.
void draw_percent_axis(Picture& picture, const Scale& scale);

/// The same at round costs, as wide as to `right`; the unit stands below `bottom`.
void draw_upright_cost_axis(Picture& picture, const Scale& scale, int bottom, int right);

/// Positions of at most `kMostMarks` of `count` values, evenly chosen.
[[nodiscard]] std::vector<std::size_t> chosen_of(std::size_t count);

/// " (400 of 1000 drawn)"; empty where all are.
[[nodiscard]] std::string shown_of(std::size_t count);

}  // namespace pulsebench::render
