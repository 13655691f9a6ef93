#include "pulsebench/render/plot_axes.hpp"

#include <fmt/format.h>

#include "pulsebench/render/plots.hpp"

namespace pulsebench::render {

CostUnit unit_for(double greatest) {
  if (greatest >= 1e9) return {1e9, "s"};
  if (greatest >= 1e6) return {1e6, "ms"};
  if (greatest >= 1e3) return {1e3, "µs"};
  return greatest >= 0.1 ? CostUnit{1.0, "ns"} : CostUnit{1e-3, "ps"};
}

void draw_cost_axis(Picture& picture, const Scale& scale, int top, int bottom) {
  const CostUnit unit = unit_for(scale.high());
  const Ticks ticks = ticks_between(scale.low() / unit.ns, scale.high() / unit.ns, 3);
  PathData grid;
  for (std::size_t i = 0; i < ticks.values.size(); ++i) {
    const int x = scale(ticks.values[i] * unit.ns);
    grid.vertical(x, top, bottom);
    const bool last = i + 1 == ticks.values.size();
    const std::string label =
        ticks.label(ticks.values[i]) + (last ? std::string{" "} + unit.name : "");
    picture.labels.add(Anchor::middle, std::min(x, kRight - 12), bottom + 13, label);
  }
  picture.paths += grid.element("a");
}

void draw_percent_axis(Picture& picture, const Scale& scale) {
  const Ticks ticks = ticks_between(scale.low(), scale.high(), 4);
  PathData grid;
  for (const double value : ticks.values) {
    const int y = scale(value);
    grid.horizontal(kLeft, kRight, y);
    const std::string sign = value > 0.0 ? "+" : "";
    picture.labels.add(Anchor::end, kLeft - 5, y + 4, sign + ticks.label(value) + " %");
  }
  picture.paths += grid.element("a");
}

void draw_upright_cost_axis(Picture& picture, const Scale& scale, int bottom, int right) {
  const CostUnit unit = unit_for(scale.high());
  const Ticks ticks = ticks_between(scale.low() / unit.ns, scale.high() / unit.ns, 4);
  PathData grid;
  for (const double value : ticks.values) {
    const int y = scale(value * unit.ns);
    grid.horizontal(kLeft, right, y);
    picture.labels.add(Anchor::end, kLeft - 5, y + 4, ticks.label(value));
  }
  picture.labels.add(Anchor::start, 2, bottom + 13, unit.name);
  picture.paths += grid.element("a");
}

std::vector<std::size_t> chosen_of(std::size_t count) {
  const std::size_t marks = std::min(count, kMostMarks);
  std::vector<std::size_t> chosen(marks);
  for (std::size_t i = 0; i < marks; ++i) chosen[i] = i * count / marks;
  return chosen;
}

std::string shown_of(std::size_t count) {
  return count <= kMostMarks ? "" : fmt::format(" ({} of {} drawn)", kMostMarks, count);
}

}  // namespace pulsebench::render
