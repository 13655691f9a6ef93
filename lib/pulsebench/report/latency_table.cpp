#include "pulsebench/report/latency_table.hpp"

#include <vector>

#include "pulsebench/report/quantity.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {

std::string latency_table(const baseline::Document& document, const Style& style) {
  std::vector<const baseline::BenchmarkResult*> timed;
  for (const auto& result : document.benchmarks) {
    if (result.latency) timed.push_back(&result);
  }
  if (timed.empty()) return "";
  Table table{{{.header = "", .elastic = true},
               {.header = "p50", .align = Align::right},
               {.header = "p90", .align = Align::right, .drop = 1},
               {.header = "p99", .align = Align::right},
               {.header = "p99.9", .align = Align::right, .drop = 2},
               {.header = "longest", .align = Align::right}}};
  table.rule();
  table.title({"of single operations", Tone::strong});
  for (const auto* result : timed) {
    const bool last = result == timed.back();
    Text name{std::string{last ? glyphs(style).last_branch : glyphs(style).branch}, Tone::quiet};
    std::vector<Text> cells{name.add(printable(result->info.id.text()))};
    const baseline::Latency& latency = *result->latency;
    for (const double ns :
         {latency.p50, latency.p90, latency.p99, latency.p99_9, latency.longest}) {
      cells.emplace_back(cost(NsPerOp{ns}, style));
    }
    table.row(std::move(cells));
  }
  return table.boxed({"Latency", Tone::strong}, style);
}

}  // namespace pulsebench::report
