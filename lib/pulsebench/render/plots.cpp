#include "pulsebench/render/plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pulsebench/render/plot_axes.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/svg.hpp"

namespace pulsebench::render {
namespace {

constexpr std::array kSideClasses{"o", "n"};  // old and new; a single side is new

const char* class_of_side(std::size_t side, std::size_t sides) {
  return kSideClasses[sides == 1 ? 1 : std::min<std::size_t>(side, 1)];
}

std::string rectangle(std::string_view css_class, int x1, int x2, int y1, int y2) {
  return fmt::format(R"(<path class="{}" d="M{} {}H{}V{}H{}z"/>)", css_class, x1, y1,
                     std::max(x2, x1 + 1), std::max(y2, y1 + 1), x1);
}

constexpr int kStripTop = 6, kStripHeight = 38;

/// What the rows of two sides are called.
std::string strip_sides() {
  Labels labels;
  labels.add(Anchor::start, 2, kStripTop + kStripHeight / 2 + 4, "old");
  labels.add(Anchor::start, 2, kStripTop + kStripHeight + kStripHeight / 2 + 4, "new");
  return R"(<g id="sides" fill="currentColor" stroke="none">)" + labels.elements() + "</g>";
}

Scale scale_of(const LaunchStrip& strip) {
  Range range;
  for (const LaunchesOfSide& side : strip.sides) {
    for (const double ns : side.ns) range.add(ns);
    if (side.range) {
      range.add(side.range->first.value);
      range.add(side.range->second.value);
    }
  }
  if (range.empty()) range = {0.0, 1.0};
  // A target within reach is drawn; one far away would press the launches together.
  if (strip.target && strip.target->value <= 1.5 * range.high) range.add(strip.target->value);
  const double pad = std::max(0.06 * (range.high - range.low), 0.004 * std::abs(range.high));
  return {range.low - pad, range.high + pad, kLeft, kRight};
}

Plot plot_of(const LaunchStrip& strip) {
  Plot made{.caption = "launches"};
  std::size_t launches = 0;
  for (const LaunchesOfSide& side : strip.sides) launches = std::max(launches, side.ns.size());
  if (launches == 0) return made;
  made.caption = format_count(static_cast<long long>(launches), "launch", "launches") +
                 (strip.sides.size() > 1 ? ", old above new" : "") + shown_of(launches);
  const Scale scale = scale_of(strip);
  const int bottom = kStripTop + kStripHeight * static_cast<int>(strip.sides.size());
  Picture picture;
  draw_cost_axis(picture, scale, kStripTop, bottom);
  for (std::size_t i = 0; i < strip.sides.size(); ++i) {
    const LaunchesOfSide& side = strip.sides[i];
    const char* its_class = class_of_side(i, strip.sides.size());
    const int middle = kStripTop + kStripHeight * static_cast<int>(i) + kStripHeight / 2;
    if (side.range) {
      picture.paths += rectangle(std::string{"b "} + its_class, scale(side.range->first.value),
                                 scale(side.range->second.value), middle - 17, middle + 17);
    }
    PathData marks, median;
    const std::vector<std::size_t> chosen = chosen_of(side.ns.size());
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      // Spread over the height by a step that meets each place once, so that equal costs show.
      const auto place = static_cast<int>(k * 7 % 20);
      marks.dot(scale(side.ns[chosen[k]]), middle - 12 + place * 24 / 19);
    }
    picture.paths += marks.element(std::string{"p "} + its_class);
    if (side.cost) median.vertical(scale(side.cost->value), middle - 18, middle + 18);
    picture.paths += median.element(std::string{"m "} + its_class);
  }
  if (strip.sides.size() == 2) picture.paths += R"(<use href="#sides"/>)";
  if (strip.target && scale.holds(strip.target->value)) {
    PathData target;
    target.vertical(scale(strip.target->value), kStripTop, bottom);
    picture.paths += target.element("t");
  }
  made.svg = svg(bottom + 18, picture.paths, picture.labels);
  return made;
}

constexpr int kPairsTop = 6, kPairsBottom = 96;

Plot plot_of(const PairedChanges& pairs) {
  const std::size_t count = pairs.percent.size();
  Plot made{.caption = fmt::format("change by {}", pairs.of)};
  if (count == 0) return made;
  if (!pairs.means.empty()) made.caption += ", squares: of the mean";
  made.caption += shown_of(count);
  Range range;
  for (const double value : {0.0, pairs.threshold.value, pairs.low.value, pairs.high.value}) {
    range.add(value);
  }
  for (const double value : pairs.percent) range.add(value);
  for (const double value : pairs.means) range.add(value);
  const double pad = 0.08 * (range.high - range.low);
  const Scale y{range.low - pad, range.high + pad, kPairsBottom, kPairsTop};
  const Scale x{0.0, static_cast<double>(std::max<std::size_t>(count, 2) - 1), kLeft + 6,
                kRight - 6};
  Picture picture;
  draw_percent_axis(picture, y);
  picture.paths += rectangle("b n", kLeft, kRight, y(pairs.high.value), y(pairs.low.value));
  PathData zero, threshold, marks, means;
  zero.horizontal(kLeft, kRight, y(0.0));
  threshold.horizontal(kLeft, kRight, y(pairs.threshold.value));
  for (const std::size_t i : chosen_of(count)) {
    marks.dot(x(static_cast<double>(i)), y(pairs.percent[i]));
    if (i < pairs.means.size()) means.dot(x(static_cast<double>(i)), y(pairs.means[i]));
  }
  picture.paths +=
      zero.element("z") + threshold.element("t") + means.element("p o") + marks.element("p n");
  made.svg = svg(kPairsBottom + 6, picture.paths, picture.labels);
  return made;
}

constexpr int kSlicesTop = 8, kSlicesBottom = 88;

/// The lines and labels of every plot of slices.
std::string slices_grid() {
  const Scale y{0.0, 100.0, kSlicesBottom, kSlicesTop};
  PathData grid;
  Labels labels;
  for (const double percent : {0.0, 50.0, 100.0}) {
    grid.horizontal(kLeft, kRight, y(percent));
    labels.add(Anchor::end, kLeft - 5, y(percent) + 4, fmt::format("{:.0f} %", percent));
  }
  for (const int x : {kLeft, (kLeft + kRight) / 2, kRight}) {
    grid.vertical(x, kSlicesTop, kSlicesBottom);
  }
  return R"(<g id="slices" fill="currentColor" stroke="none">)" + lines(grid.element("a")) +
         labels.elements() + "</g>";
}

constexpr double kShownPart = 0.98;  // one slice of a thousand times the rest would hide them
constexpr int kSteps = 16;

double quantile_at(const std::vector<double>& quantiles, double part) {
  const auto last = static_cast<double>(quantiles.size() - 1);
  return quantiles[static_cast<std::size_t>(std::lround(part * last))];
}

Plot plot_of(const Distribution& distribution) {
  constexpr double kLeast = 1e-6;  // below it, nothing that took time
  Plot made{.caption = "slices by their cost, to 98 %"};
  Range range;
  for (const std::vector<double>& side : distribution.sides) {
    if (side.empty()) continue;
    range.add(std::log(std::max(side.front(), kLeast)));
    range.add(std::log(std::max(quantile_at(side, kShownPart), kLeast)));
  }
  if (range.empty()) return made;
  const Scale x{range.low, std::max(range.high, range.low + std::log(1.05)), kLeft, kRight};
  const Scale y{0.0, 100.0, kSlicesBottom, kSlicesTop};
  Picture picture;
  for (const double part : {0.0, 0.5, 1.0}) {
    const double at = x.low() + part * (x.high() - x.low());
    // The labels at the ends stand within the picture.
    picture.labels.add(Anchor::middle,
                       x(at) + (part < 0.1   ? 14
                                : part > 0.9 ? -18
                                             : 0),
                       kSlicesBottom + 13, format_cost(Cost{std::exp(at)}));
  }
  picture.paths = R"(<use href="#slices"/>)";
  for (std::size_t i = 0; i < distribution.sides.size(); ++i) {
    const std::vector<double>& quantiles = distribution.sides[i];
    if (quantiles.empty()) continue;
    PathData curve;
    for (int step = 0; step <= kSteps; ++step) {
      const double part = kShownPart * step / kSteps;
      const int at = x(std::log(std::max(quantile_at(quantiles, part), kLeast)));
      if (step == 0) curve.move(at, y(0.0));
      if (step > 0) curve.line_to(at, y(100.0 * part));
    }
    picture.paths += curve.element(std::string{"c "} + class_of_side(i, distribution.sides.size()));
  }
  made.svg = svg(kSlicesBottom + 17, picture.paths, picture.labels);
  return made;
}

}  // namespace

std::string shared_drawings() {
  return R"(<svg class="defs" aria-hidden="true"><defs>)" + interval_grid() + slices_grid() +
         strip_sides() + "</defs></svg>";
}

Plot plot(const Chart& chart) {
  return std::visit([](const auto& one) { return plot_of(one); }, chart);
}

}  // namespace pulsebench::render
