#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/baseline/parametric.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_tables.hpp"

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

/// "8.1 ns", "43 ns + 8.4 ns n", "0.12 ns n log n".
std::string cost_of(const stats::GrowthFit& fit) {
  std::string constant = render::format_cost(NsPerOp{fit.offset});
  if (fit.slope <= 0.0) return constant;
  const std::string growing =
      fmt::format("{} {}", render::format_cost(NsPerOp{fit.slope}), shape_of(fit.growth));
  return fit.offset > 0.0 ? constant + " + " + growing : growing;
}

std::string sizes_of(const ParametricGrowth& growth) {
  return fmt::format("{}–{}", render::format_count(static_cast<long long>(growth.sizes.front())),
                     render::format_count(static_cast<long long>(growth.sizes.back())));
}

render::Row row_of(const ParametricGrowth& growth) {
  render::Cell order{
      render::Text{fmt::format("O({})", shape_of(growth.fit.growth)), render::Tone::strong}};
  if (!growth.fit.explains) order.mark = render::Mark::unsure;
  return {.cells = {render::Name{growth.family}, std::move(order), cost_of(growth.fit),
                    Percent{100.0 * growth.fit.rms}, sizes_of(growth)}};
}

}  // namespace

render::Table complexity_table(const baseline::Document& document) {
  using render::Align;
  const std::vector<ParametricGrowth> growths = baseline::growths_of(document);
  render::Group group{.title = {"by the size n", render::Tone::strong}};
  for (const ParametricGrowth& growth : growths) group.rows.push_back(row_of(growth));
  render::Table table{.heading = {"Complexity", render::Tone::strong},
                      .columns = {{.header = "benchmark", .elastic = true},
                                  {.header = "order"},
                                  {.header = "cost", .align = Align::right},
                                  {.header = "error %", .align = Align::right},
                                  {.header = "n", .align = Align::right, .drop = 1}},
                      .groups = {std::move(group)}};
  table.legend = {
      {.text = fmt::format("simplest fit within {:g} %", 100.0 * baseline::kNoiseBetweenSizes)},
      {.text = "logs are base 2"}};
  if (std::ranges::any_of(growths, [](const auto& growth) { return !growth.fit.explains; })) {
    table.legend.push_back({.text = "?: no fit, nearest shown"});
  }
  return table;
}

}  // namespace pulsebench::report
