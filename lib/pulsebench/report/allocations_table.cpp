#include <fmt/format.h>

#include <utility>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/amount.hpp"
#include "pulsebench/report/run_tables.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

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

}  // namespace

render::Table allocations_table(const baseline::Document& document) {
  using render::Align;
  render::Group group{.title = {"per operation", render::Tone::strong}};
  int counted = 0;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!result.allocations || !result.allocations->per_op) continue;
    ++counted;
    const Allocations& heap = *result.allocations;
    if (*heap.per_op <= 0.0) continue;
    group.rows.push_back(
        {.cells = {render::Name{result.info.id.text()}, times_of(result),
                   render::Amount::of_bytes(heap.bytes_per_op).text(),
                   render::Amount::of_bytes(static_cast<double>(heap.peak_bytes)).text(),
                   allowed_of(result)}});
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

}  // namespace pulsebench::report
