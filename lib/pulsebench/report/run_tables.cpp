#include "pulsebench/report/run_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/baseline/parametric.hpp"
#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

/// The longer it takes the less is processed: the interval's ends change places.
std::string interval_of_rate(const BenchmarkResult& result, double amount,
                             const render::Amount& rate) {
  if (!result.interval || result.interval->low <= 0.0) return {};
  const auto at = [&](double ns) {
    return rate.figure_of(per_second(amount, Cost{ns}, result.info.threads));
  };
  return at(result.interval->high) + "–" + at(result.interval->low);
}

render::Row row_of(render::Cell name, const BenchmarkResult& result, double amount,
                   render::Amount (*unit)(double)) {
  const render::Amount rate = unit(per_second(amount, *result.value, result.info.threads));
  render::Cell figure{render::Text{rate.per_second(), render::Tone::strong}};
  if (result.oversubscribed) figure.mark = render::Mark::footnote;
  return {.cells = {std::move(name), unit(amount).text(), std::move(figure),
                    interval_of_rate(result, amount, rate)}};
}

render::Cell allowed_of(const BenchmarkResult& result) {
  if (!result.max_allocations) return {};
  return *result.max_allocations == 0.0
             ? render::Cell{"none"}
             : render::Cell{render::PerOperation{*result.max_allocations}};
}

render::Cell times_of(const BenchmarkResult& result) {
  const render::PerOperation times{*result.allocations->per_op};
  if (!compare::allocates_too_much(result)) return times;
  return {times, render::Tone::bad, render::Mark::missed};
}

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
  std::string constant = render::format_cost(Cost{fit.offset});
  if (fit.slope <= 0.0) return constant;
  const std::string growing =
      fmt::format("{} {}", render::format_cost(Cost{fit.slope}), shape_of(fit.growth));
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

/// "6.53 KiB"; what allocates holds something at its peak, so that 0 is an import that does not
/// say.
render::Text peak_of(const Allocations& heap) {
  if (heap.peak_bytes == 0) return {"–", render::Tone::quiet};
  return render::Amount::of_bytes(static_cast<double>(heap.peak_bytes)).text();
}

}  // namespace

render::Table latency_table(const baseline::Document& document) {
  using render::Align;
  render::Group group{.title = {"single operations", render::Tone::strong}};
  for (const auto& result : document.benchmarks) {
    if (!result.latency) continue;
    const auto& [p50, p90, p99, p99_9, longest] = *result.latency;
    group.rows.push_back({.cells = {render::Name{result.info.id.text()}, Cost{p50}, Cost{p90},
                                    Cost{p99}, Cost{p99_9}, Cost{longest}}});
  }
  return {.heading = {"Latency", render::Tone::strong},
          .columns = {{.header = "benchmark", .elastic = true},
                      {.header = "p50", .align = Align::right},
                      {.header = "p90", .align = Align::right, .drop = 1},
                      {.header = "p99", .align = Align::right},
                      {.header = "p99.9", .align = Align::right, .drop = 2},
                      {.header = "longest", .align = Align::right}},
          .groups = {std::move(group)}};
}

render::Table throughput_table(const baseline::Document& document) {
  using render::Align;
  render::Group group{.title = {"all threads together", render::Tone::strong}};
  bool any_bytes = false, oversubscribed = false;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!result.value) continue;
    const auto& [bytes, items] = result.processed;
    const render::Name name{result.info.id.text()};
    if (bytes) group.rows.push_back(row_of(name, result, *bytes, &render::Amount::of_bytes));
    if (items) {
      group.rows.push_back(row_of(bytes ? render::Cell{} : render::Cell{name}, result, *items,
                                  &render::Amount::of_items));
    }
    any_bytes = any_bytes || bytes;
    oversubscribed = oversubscribed || (result.oversubscribed && (bytes || items));
  }
  render::Table table{
      .heading = {"Throughput", render::Tone::strong},
      .columns = {{.header = "benchmark", .elastic = true},
                  {.header = "per operation", .align = Align::right, .drop = 2},
                  {.header = "throughput", .align = Align::right},
                  {.header = interval_name(document), .align = Align::right, .drop = 1}},
      .groups = {std::move(group)}};
  if (any_bytes) table.legend.push_back({.text = "KiB, MiB, GiB: powers of 1024"});
  if (oversubscribed) table.legend.push_back({.text = "*: more threads than CPUs, never gates"});
  return table;
}

render::Table allocations_table(const baseline::Document& document) {
  using render::Align;
  render::Group group{.title = {"per operation", render::Tone::strong}};
  int counted = 0;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!result.allocations || !result.allocations->per_op) continue;
    ++counted;
    const Allocations& heap = *result.allocations;
    if (*heap.per_op <= 0.0) continue;
    group.rows.push_back({.cells = {render::Name{result.info.id.text()}, times_of(result),
                                    render::Amount::of_bytes(heap.bytes_per_op).text(),
                                    peak_of(heap), allowed_of(result)}});
  }
  const std::string some = fmt::format("{} of {} counted allocate", group.rows.size(), counted);
  return {.heading = {"Allocations", render::Tone::strong},
          .columns = {{.header = "benchmark", .elastic = true},
                      {.header = "allocations", .align = Align::right},
                      {.header = "bytes", .align = Align::right},
                      {.header = "peak", .align = Align::right, .drop = 1},
                      {.header = "allowed", .align = Align::right, .drop = 2}},
          .groups = {std::move(group)},
          .legend = {{.text = some}, {.text = "peak: the most that one operation held"}}};
}

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
