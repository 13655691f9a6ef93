#include <algorithm>
#include <utility>

#include "pulsebench/render/amount.hpp"
#include "pulsebench/report/run_tables.hpp"
#include "pulsebench/vocabulary/processed.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

/// The longer it takes the less is processed: the interval's ends change places.
std::string interval_of_rate(const BenchmarkResult& result, double amount,
                             const render::Amount& rate) {
  if (!result.interval || result.interval->low <= 0.0) return {};
  const auto at = [&](double ns) {
    return rate.figure_of(per_second(amount, NsPerOp{ns}, result.info.threads));
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

}  // namespace

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

}  // namespace pulsebench::report
