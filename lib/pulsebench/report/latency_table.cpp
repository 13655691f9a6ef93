#include "pulsebench/report/run_tables.hpp"

namespace pulsebench::report {

render::Table latency_table(const baseline::Document& document) {
  using render::Align;
  render::Group group{.title = {"single operations", render::Tone::strong}};
  for (const auto& result : document.benchmarks) {
    if (!result.latency) continue;
    const auto& [p50, p90, p99, p99_9, longest] = *result.latency;
    group.rows.push_back({.cells = {render::Name{result.info.id.text()}, NsPerOp{p50}, NsPerOp{p90},
                                    NsPerOp{p99}, NsPerOp{p99_9}, NsPerOp{longest}}});
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

}  // namespace pulsebench::report
