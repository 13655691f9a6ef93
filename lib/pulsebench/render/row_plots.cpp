#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/render/plot_axes.hpp"
#include "pulsebench/render/plots.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/svg.hpp"

namespace pulsebench::render {
namespace {

constexpr int kIntervalWidth = 132, kIntervalEnd = 6;

}  // namespace

std::string interval_grid() {
  const Scale x{-2.0, 2.0, kIntervalEnd, kIntervalWidth - kIntervalEnd};
  PathData axis, zero, thresholds;
  axis.horizontal(kIntervalEnd, kIntervalWidth - kIntervalEnd, 9);
  zero.vertical(x(0.0), 2, 16);
  thresholds.vertical(x(-1.0), 1, 17);
  thresholds.vertical(x(1.0), 1, 17);
  return R"(<g id="grid" fill="none" stroke="currentColor">)" + axis.element("a") +
         zero.element("z") + thresholds.element("t") + "</g>";
}

std::string plot_interval(const ChangeInterval& interval) {
  const double reach = 2.0 * std::max(interval.threshold.value_or(Percent{5}).value, 0.001);
  const Scale x{-reach, reach, kIntervalEnd, kIntervalWidth - kIntervalEnd};
  const auto beyond = [&](double value) { return !x.holds(value); };
  PathData line, mark, arrow;
  line.horizontal(x(interval.low.value), x(interval.high.value), 9);
  if (!beyond(interval.change.value)) mark.dot(x(interval.change.value), 9);
  if (interval.high.value > reach) {
    arrow.move(kIntervalWidth - 6, 4);
    arrow.line_to(kIntervalWidth - 1, 9);
    arrow.line_to(kIntervalWidth - 6, 14);
  }
  if (interval.low.value < -reach) {
    arrow.move(6, 4);
    arrow.line_to(1, 9);
    arrow.line_to(6, 14);
  }
  return fmt::format(
      R"(<svg class="i" viewBox="0 0 {} 18" role="img" aria-label="{:+.1f} to {:+.1f} %">)"
      R"(<use href="#grid"/>{}</svg>)",
      kIntervalWidth, interval.low.value, interval.high.value,
      lines(line.element("l") + arrow.element("l") + mark.element("p n")));
}

std::string plot_sparkline(const Sparkline& sparkline) {
  constexpr int kWidth = 120, kHeight = 22;
  Range range;
  for (const double value : sparkline.values) range.add(value);
  if (range.empty()) return "";
  const double span = std::max(range.high - range.low, Sparkline::kFlat * range.low);
  const Scale y{range.low, range.low + span, kHeight - 3, 3};
  const auto count = sparkline.values.size();
  const Scale x{0.0, static_cast<double>(std::max<std::size_t>(count, 2) - 1), 2, kWidth - 3};
  PathData curve, last;
  constexpr std::size_t kPoints = 60;
  const std::size_t drawn = std::min(count, kPoints);
  for (std::size_t i = 0; i < drawn; ++i) {
    const std::size_t at = drawn == count ? i : (i + 1) * count / drawn - 1;
    const double value = sparkline.values[at];
    if (i == 0) curve.move(x(static_cast<double>(at)), y(value));
    if (i > 0) curve.line_to(x(static_cast<double>(at)), y(value));
  }
  last.dot(x(static_cast<double>(count - 1)), y(sparkline.values.back()));
  return fmt::format(
      R"(<svg class="s" viewBox="0 0 {} {}" role="img" aria-label="{} values, from {} to {}">)"
      R"({}</svg>)",
      kWidth, kHeight, count, format_cost(Cost{range.low}), format_cost(Cost{range.high}),
      lines(curve.element("n") + last.element("p n")));
}

}  // namespace pulsebench::render
