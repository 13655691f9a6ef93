#include "pulsebench/report/allocations_table.hpp"

#include <fmt/format.h>

#include <vector>

#include "pulsebench/report/amount.hpp"
#include "pulsebench/report/counts_cells.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/report/target_verdict.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

bool takes_any(const BenchmarkResult& result) {
  return result.allocations && result.allocations->per_op.value_or(0.0) > 0.0;
}

Text allowed_of(const BenchmarkResult& result) {
  if (!result.max_allocations) return {};
  return *result.max_allocations == 0.0 ? Text{"none"}
                                        : Text{per_operation(*result.max_allocations)};
}

Text times_of(const BenchmarkResult& result, const Style& style) {
  const bool over = allocates_too_much(result);
  Text times{per_operation(*result.allocations->per_op), over ? Tone::bad : Tone::plain};
  return times.add(over ? fmt::format(" {}", glyphs(style).missed) : "", Tone::bad);
}

}  // namespace

std::string allocations_table(const baseline::Document& document, const Style& style) {
  std::vector<const BenchmarkResult*> shown;
  long long counted = 0;
  for (const BenchmarkResult& result : document.benchmarks) {
    counted += result.allocations && result.allocations->per_op ? 1 : 0;
    if (takes_any(result)) shown.push_back(&result);
  }
  if (shown.empty()) return "";
  Table table{{{.header = "", .elastic = true},
               {.header = "allocations", .align = Align::right},
               {.header = "bytes", .align = Align::right},
               {.header = "peak", .align = Align::right, .drop = 1},
               {.header = "allowed", .align = Align::right, .drop = 2}}};
  table.rule();
  table.title({"of an operation", Tone::strong});
  for (const BenchmarkResult* result : shown) {
    const bool last = result == shown.back();
    Text name{std::string{last ? glyphs(style).last_branch : glyphs(style).branch}, Tone::quiet};
    const Allocations& heap = *result->allocations;
    table.row({name.add(printable(result->info.id.text())), times_of(*result, style),
               Text{Amount::of_bytes(heap.bytes_per_op).text()},
               Text{Amount::of_bytes(static_cast<double>(heap.peak_bytes)).text()},
               allowed_of(*result)});
  }
  return table.boxed({"Allocations", Tone::strong}, style) +
         listed({{fmt::format("{} of {} counted take any", shown.size(), counted), Tone::quiet},
                 {"peak: the most that one operation held", Tone::quiet}},
                0, style);
}

}  // namespace pulsebench::report
