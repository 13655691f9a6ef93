#include "pulsebench/render/cell_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "pulsebench/render/quantity.hpp"

namespace pulsebench::render {
namespace {

/// The text of each kind of value but `Text`, which brings its tones.
struct Drawing {
  const Style& style;

  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const Text& text) const { return text.plain(); }
  std::string operator()(const Name& name) const { return name.id; }
  std::string operator()(Cost cost) const { return format_cost(cost); }
  std::string operator()(Bound bound) const { return "< " + format_bound(bound.at_most); }
  std::string operator()(Change change) const { return format_change(change.value); }
  std::string operator()(Limit limit) const { return format_chosen_percent(limit.value) + " %"; }
  std::string operator()(Percent share) const { return format_percent(share); }
  std::string operator()(Count count) const { return format_count(count.value); }
  std::string operator()(PerOperation count) const { return format_per_operation(count.value); }
  std::string operator()(const Link& link) const { return link.text; }
  std::string operator()(const Command& command) const { return command.text; }

  std::string operator()(const Sparkline& sparkline) const {
    const std::vector<double>& values = sparkline.values;
    if (values.empty()) return "";
    const auto [least, greatest] = std::ranges::minmax(values);
    const double span = std::max(greatest - least, Sparkline::kFlat * least);
    const auto& heights = glyphs(style).heights;
    constexpr double kSteps = std::tuple_size_v<decltype(Glyphs::heights)> - 1;
    std::string text;
    for (const double value : values) {
      const double part = span > 0.0 ? (value - least) / span : 0.0;
      text += heights[static_cast<std::size_t>(std::lround(part * kSteps))];
    }
    return text;
  }
  std::string operator()(TierOrFloor judged_as) const {
    return judged_as.tier ? std::to_string(number_of(*judged_as.tier)) : "floor";
  }
  std::string operator()(const CostInterval& interval) const {
    const auto [low, high, cost] = interval;
    if (style.width >= kWide) return format_range(low, high, cost);
    if (cost.value <= 0.0) return "";
    const double half = std::max(high.value - cost.value, cost.value - low.value);
    return format_percent(Percent{100.0 * half / cost.value});
  }
  std::string operator()(const ChangeInterval& interval) const {
    const double low = interval.low.value, high = interval.high.value;
    if (style.width >= kWide) return fmt::format("{:+.1f} to {:+.1f}", low, high);
    const double change = interval.change.value;
    return fmt::format("{:.1f}", std::max(high - change, change - low));
  }
};

}  // namespace

std::string sign(Mark mark, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  const std::array signs{std::string_view{}, glyph.met,  glyph.missed,         glyph.attention,
                         glyph.unsure,       glyph.dash, std::string_view{"*"}};
  return std::string{signs[static_cast<std::size_t>(mark)]};
}

Tone tone_of(Mark mark) {
  constexpr std::array kTones{Tone::quiet,    Tone::good,  Tone::bad,  Tone::doubtful,
                              Tone::doubtful, Tone::quiet, Tone::quiet};
  return kTones[static_cast<std::size_t>(mark)];
}

Text draw(const Cell& cell, const Style& style) {
  const auto* text = std::get_if<Text>(&cell.value);
  if (text != nullptr) return in_charset(*text, style);
  return in_charset(Text{std::visit(Drawing{style}, cell.value), cell.tone}, style);
}

}  // namespace pulsebench::render
