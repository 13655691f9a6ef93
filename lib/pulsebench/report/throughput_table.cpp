#include "pulsebench/report/throughput_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pulsebench/report/amount.hpp"
#include "pulsebench/report/dashboard_cells.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/processed.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;

bool has_throughput(const BenchmarkResult& result) {
  return result.value && result.processed.any();
}

/// The longer it takes the less goes through: the interval's ends change places.
Text interval_of_rate(const BenchmarkResult& result, double amount, const Amount& rate,
                      const Style& style) {
  if (!result.interval || result.interval->low <= 0.0) return {};
  const auto at = [&](double ns) {
    return rate.figure_of(per_second(amount, NsPerOp{ns}, result.info.threads));
  };
  return {at(result.interval->high) + std::string{glyphs(style).dash} + at(result.interval->low)};
}

void add_rate(Table& table, Text name, const BenchmarkResult& result, double amount,
              Amount (*unit)(double), const Style& style) {
  const Amount rate = unit(per_second(amount, *result.value, result.info.threads));
  Text figure{rate.per_second(), Tone::strong};
  if (result.oversubscribed) figure.add(" *", Tone::quiet);
  table.row({std::move(name), Text{unit(amount).text()}, std::move(figure),
             interval_of_rate(result, amount, rate, style)});
}

void add_rates(Table& table, bool last, const BenchmarkResult& result, const Style& style) {
  Text name{std::string{last ? glyphs(style).last_branch : glyphs(style).branch}, Tone::quiet};
  name.add(printable(result.info.id.text()));
  const auto& [bytes, items] = result.processed;
  if (bytes) add_rate(table, name, result, *bytes, &Amount::of_bytes, style);
  if (items) add_rate(table, bytes ? Text{} : name, result, *items, &Amount::of_items, style);
}

}  // namespace

std::string throughput_table(const baseline::Document& document, const Style& style) {
  std::vector<const BenchmarkResult*> shown;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (has_throughput(result)) shown.push_back(&result);
  }
  if (shown.empty()) return "";
  Table table{{{.header = "", .elastic = true},
               {.header = "an operation", .align = Align::right, .drop = 2},
               {.header = "throughput", .align = Align::right},
               {.header = interval_name(document), .align = Align::right, .drop = 1}}};
  table.rule();
  table.title({"all threads together", Tone::strong});
  for (const BenchmarkResult* result : shown) {
    add_rates(table, result == shown.back(), *result, style);
  }
  std::vector<Text> legend;
  if (std::ranges::any_of(shown,
                          [](const auto* result) { return result->processed.bytes.has_value(); })) {
    legend.emplace_back("KiB, MiB, GiB: powers of 1024", Tone::quiet);
  }
  if (std::ranges::any_of(shown, &BenchmarkResult::oversubscribed)) {
    legend.emplace_back("*: more threads than CPUs, never gates", Tone::quiet);
  }
  return table.boxed({"Throughput", Tone::strong}, style) + listed(legend, 0, style);
}

}  // namespace pulsebench::report
