#include "pulsebench/report/latency_table.hpp"

#include <vector>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {

std::string latency_table(const baseline::Document& document, const render::Style& style) {
  std::vector<const baseline::BenchmarkResult*> timed;
  for (const auto& result : document.benchmarks) {
    if (result.latency) timed.push_back(&result);
  }
  if (timed.empty()) return "";
  render::TextTable table{{{.header = "", .elastic = true},
                           {.header = "p50", .align = render::Align::right},
                           {.header = "p90", .align = render::Align::right, .drop = 1},
                           {.header = "p99", .align = render::Align::right},
                           {.header = "p99.9", .align = render::Align::right, .drop = 2},
                           {.header = "longest", .align = render::Align::right}}};
  table.rule();
  table.title({"of single operations", render::Tone::strong});
  for (const auto* result : timed) {
    const bool last = result == timed.back();
    render::Text name{
        std::string{last ? render::glyphs(style).last_branch : render::glyphs(style).branch},
        render::Tone::quiet};
    std::vector<render::Text> cells{name.add(printable(result->info.id.text()))};
    const baseline::Latency& latency = *result->latency;
    for (const double ns :
         {latency.p50, latency.p90, latency.p99, latency.p99_9, latency.longest}) {
      cells.emplace_back(render::format_cost(NsPerOp{ns}));
    }
    table.row(std::move(cells));
  }
  return table.boxed({"Latency", render::Tone::strong}, style);
}

}  // namespace pulsebench::report
