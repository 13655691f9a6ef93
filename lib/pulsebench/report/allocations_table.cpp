#include "pulsebench/report/allocations_table.hpp"

#include <fmt/format.h>

#include <vector>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/amount.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/counts_cells.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

bool takes_any(const BenchmarkResult& result) {
  return result.allocations && result.allocations->per_op.value_or(0.0) > 0.0;
}

render::Text allowed_of(const BenchmarkResult& result) {
  if (!result.max_allocations) return {};
  return *result.max_allocations == 0.0 ? render::Text{"none"}
                                        : render::Text{per_operation(*result.max_allocations)};
}

render::Text times_of(const BenchmarkResult& result, const render::Style& style) {
  const bool over = compare::allocates_too_much(result);
  render::Text times{per_operation(*result.allocations->per_op),
                     over ? render::Tone::bad : render::Tone::plain};
  return times.add(over ? fmt::format(" {}", render::glyphs(style).missed) : "", render::Tone::bad);
}

}  // namespace

std::string allocations_table(const baseline::Document& document, const render::Style& style) {
  std::vector<const BenchmarkResult*> shown;
  long long counted = 0;
  for (const BenchmarkResult& result : document.benchmarks) {
    counted += result.allocations && result.allocations->per_op ? 1 : 0;
    if (takes_any(result)) shown.push_back(&result);
  }
  if (shown.empty()) return "";
  render::TextTable table{{{.header = "", .elastic = true},
                           {.header = "allocations", .align = render::Align::right},
                           {.header = "bytes", .align = render::Align::right},
                           {.header = "peak", .align = render::Align::right, .drop = 1},
                           {.header = "allowed", .align = render::Align::right, .drop = 2}}};
  table.rule();
  table.title({"of an operation", render::Tone::strong});
  for (const BenchmarkResult* result : shown) {
    const bool last = result == shown.back();
    render::Text name{
        std::string{last ? render::glyphs(style).last_branch : render::glyphs(style).branch},
        render::Tone::quiet};
    const Allocations& heap = *result->allocations;
    table.row({name.add(printable(result->info.id.text())), times_of(*result, style),
               render::Text{render::Amount::of_bytes(heap.bytes_per_op).text()},
               render::Text{render::Amount::of_bytes(static_cast<double>(heap.peak_bytes)).text()},
               allowed_of(*result)});
  }
  return table.boxed({"Allocations", render::Tone::strong}, style) +
         render::listed({{fmt::format("{} of {} counted take any", shown.size(), counted),
                          render::Tone::quiet},
                         {"peak: the most that one operation held", render::Tone::quiet}},
                        0, style);
}

}  // namespace pulsebench::report
