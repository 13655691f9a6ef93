#include "pulsebench/report/throughput_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pulsebench/render/amount.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/dashboard_cells.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/processed.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

bool has_throughput(const BenchmarkResult& result) {
  return result.value && result.processed.any();
}

/// The longer it takes the less goes through: the interval's ends change places.
render::Text interval_of_rate(const BenchmarkResult& result, double amount,
                              const render::Amount& rate, const render::Style& style) {
  if (!result.interval || result.interval->low <= 0.0) return {};
  const auto at = [&](double ns) {
    return rate.figure_of(per_second(amount, NsPerOp{ns}, result.info.threads));
  };
  return {at(result.interval->high) + std::string{render::glyphs(style).dash} +
          at(result.interval->low)};
}

void add_rate(render::TextTable& table, render::Text name, const BenchmarkResult& result,
              double amount, render::Amount (*unit)(double), const render::Style& style) {
  const render::Amount rate = unit(per_second(amount, *result.value, result.info.threads));
  render::Text figure{rate.per_second(), render::Tone::strong};
  if (result.oversubscribed) figure.add(" *", render::Tone::quiet);
  table.row({std::move(name), render::Text{unit(amount).text()}, std::move(figure),
             interval_of_rate(result, amount, rate, style)});
}

void add_rates(render::TextTable& table, bool last, const BenchmarkResult& result,
               const render::Style& style) {
  render::Text name{
      std::string{last ? render::glyphs(style).last_branch : render::glyphs(style).branch},
      render::Tone::quiet};
  name.add(printable(result.info.id.text()));
  const auto& [bytes, items] = result.processed;
  if (bytes) add_rate(table, name, result, *bytes, &render::Amount::of_bytes, style);
  if (items)
    add_rate(table, bytes ? render::Text{} : name, result, *items, &render::Amount::of_items,
             style);
}

}  // namespace

std::string throughput_table(const baseline::Document& document, const render::Style& style) {
  std::vector<const BenchmarkResult*> shown;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (has_throughput(result)) shown.push_back(&result);
  }
  if (shown.empty()) return "";
  render::TextTable table{
      {{.header = "", .elastic = true},
       {.header = "an operation", .align = render::Align::right, .drop = 2},
       {.header = "throughput", .align = render::Align::right},
       {.header = interval_name(document), .align = render::Align::right, .drop = 1}}};
  table.rule();
  table.title({"all threads together", render::Tone::strong});
  for (const BenchmarkResult* result : shown) {
    add_rates(table, result == shown.back(), *result, style);
  }
  std::vector<render::Text> legend;
  if (std::ranges::any_of(shown,
                          [](const auto* result) { return result->processed.bytes.has_value(); })) {
    legend.emplace_back("KiB, MiB, GiB: powers of 1024", render::Tone::quiet);
  }
  if (std::ranges::any_of(shown, &BenchmarkResult::oversubscribed)) {
    legend.emplace_back("*: more threads than CPUs, never gates", render::Tone::quiet);
  }
  return table.boxed({"Throughput", render::Tone::strong}, style) +
         render::listed(legend, 0, style);
}

}  // namespace pulsebench::report
