#include "pulsebench/report/complexity_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/parametric.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::ParametricGrowth;
using stats::Growth;

std::string_view shape_of(Growth growth) {
  switch (growth) {
    case Growth::constant:
      return "1";
    case Growth::logarithmic:
      return "log n";
    case Growth::linear:
      return "n";
    case Growth::linearithmic:
      return "n log n";
    case Growth::quadratic:
      return "n^2";
  }
  return "";
}

render::Text order_of(const stats::GrowthFit& fit, const render::Style& style) {
  render::Text order{fmt::format("O({})", shape_of(fit.growth)), render::Tone::strong};
  if (!fit.explains)
    order.add(fmt::format(" {}", render::glyphs(style).unsure), render::Tone::doubtful);
  return order;
}

/// "8.1 ns", "43 ns + 8.4 ns n", "0.12 ns n log n".
std::string cost_of(const stats::GrowthFit& fit, [[maybe_unused]] const render::Style& style) {
  std::string constant = render::format_cost(NsPerOp{fit.offset});
  if (fit.slope <= 0.0) return constant;
  const std::string growing =
      fmt::format("{} {}", render::format_cost(NsPerOp{fit.slope}), shape_of(fit.growth));
  return fit.offset > 0.0 ? constant + " + " + growing : growing;
}

std::string sizes_of(const ParametricGrowth& growth, const render::Style& style) {
  return fmt::format("{}{}{}", render::format_count(static_cast<long long>(growth.sizes.front())),
                     render::glyphs(style).dash,
                     render::format_count(static_cast<long long>(growth.sizes.back())));
}

}  // namespace

std::string complexity_table(const baseline::Document& document, const render::Style& style) {
  const std::vector<ParametricGrowth> growths = baseline::growths_of(document);
  if (growths.empty()) return "";
  render::TextTable table{{{.header = "", .elastic = true},
                           {.header = ""},
                           {.header = "cost", .align = render::Align::right},
                           {.header = "rms %", .align = render::Align::right},
                           {.header = "n", .align = render::Align::right, .drop = 1}}};
  table.rule();
  table.title({"by the size n", render::Tone::strong});
  for (const ParametricGrowth& growth : growths) {
    const bool last = &growth == &growths.back();
    render::Text name{
        std::string{last ? render::glyphs(style).last_branch : render::glyphs(style).branch},
        render::Tone::quiet};
    table.row({name.add(printable(growth.family)), order_of(growth.fit, style),
               cost_of(growth.fit, style), render::format_percent(Percent{100.0 * growth.fit.rms}),
               sizes_of(growth, style)});
  }
  std::vector<render::Text> legend{
      {fmt::format("the simplest that fits to {:g} %", 100.0 * baseline::kNoiseBetweenSizes),
       render::Tone::quiet},
      {"log: of base 2", render::Tone::quiet}};
  const auto unexplained = [](const ParametricGrowth& growth) { return !growth.fit.explains; };
  if (std::ranges::any_of(growths, unexplained)) {
    legend.emplace_back(fmt::format("{}: none does; the nearest", render::glyphs(style).unsure),
                        render::Tone::quiet);
  }
  return table.boxed({"Complexity", render::Tone::strong}, style) +
         render::listed(legend, 0, style);
}

}  // namespace pulsebench::report
