#pragma once

#include <string>
#include <string_view>

#include "pulsebench/render/chart.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::render {

/// Of a chart: its caption and the picture, SVG. Bounded: of more than `kMostMarks` values,
/// evenly chosen ones are drawn, and the caption says so. Pure.
struct Plot {
  std::string caption = {};
  std::string svg = {};  ///< empty where there is nothing to draw
};

inline constexpr std::size_t kMostMarks = 400;

[[nodiscard]] Plot plot(const Chart& chart);
[[nodiscard]] Plot plot_of(const Course& course);  ///< its part for a course

/// The interval of a change between twice its threshold to each side, so that the thresholds of all
/// rows stand below each other.
[[nodiscard]] std::string plot_interval(const ChangeInterval& interval);

/// What every plot of the page refers to, once: grids that are always the same.
[[nodiscard]] std::string shared_drawings();
[[nodiscard]] std::string interval_grid();  ///< its part for `plot_interval`

/// A line through the values.
[[nodiscard]] std::string plot_sparkline(const Sparkline& sparkline);

}  // namespace pulsebench::render
