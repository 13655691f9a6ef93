#include <fmt/format.h>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_notes.hpp"

namespace pulsebench::report {
namespace {

/// "sustained/soak:max_rss grows with the age of the server: +2.1 % a minute (+1.9 % to +2.3 %),
/// over 25 s".
render::Text growth_text(const baseline::BenchmarkResult& result) {
  const baseline::Growth& growth = *result.growth;
  const bool grows = growth.interval.low > 0.0, falls = growth.interval.high < 0.0;
  const auto percent = [](double value) { return render::format_change(Percent{value}); };
  return render::Text{}
      .add_verbatim(result.info.id.text())
      .add(fmt::format(" {} {} a minute ({} to {}), over {}",
                       grows   ? "grows with the age of the server:"
                       : falls ? "falls with the age of the server:"
                               : "shows no trend over the age of the server:",
                       percent(growth.percent_per_minute), percent(growth.interval.low),
                       percent(growth.interval.high), render::format_duration(growth.seconds)));
}

bool becomes_worse(const baseline::BenchmarkResult& result) {
  const baseline::Interval& slope = result.growth->interval;
  return result.info.better() == Better::lower ? slope.low > 0.0 : slope.high < 0.0;
}

}  // namespace

std::vector<render::Block> growth_notes(const baseline::Document& document) {
  std::vector<render::Block> notes;
  for (const baseline::BenchmarkResult& result : document.benchmarks) {
    if (!measured(result) || !result.growth) continue;
    if (becomes_worse(result)) {
      notes.emplace_back(render::Note{render::Mark::attention, growth_text(result)});
    } else {
      notes.emplace_back(render::Paragraph{{growth_text(result)}});
    }
  }
  return notes;
}

}  // namespace pulsebench::report
