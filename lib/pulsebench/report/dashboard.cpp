#include "pulsebench/report/dashboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/blocks.hpp"
#include "pulsebench/report/counts_cells.hpp"
#include "pulsebench/report/dashboard_cells.hpp"
#include "pulsebench/report/dashboard_headline.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/report/floor_unit.hpp"
#include "pulsebench/report/scaling_table.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

render::TextTable empty_table(const Document& document, const render::Style& style) {
  const bool wide = style.width >= render::kWide;
  const std::string half = fmt::format("{} %", render::glyphs(style).plus_minus);
  return render::TextTable{
      {{.header = "", .elastic = true},
       {.header = "value", .align = render::Align::right},
       {.header = "", .gap = 1},
       {.header = "target", .align = render::Align::right},
       {.header = wide ? interval_name(document) : half, .align = render::Align::right},
       {.header = "cv %", .align = render::Align::right},
       {.header = "raw %", .align = render::Align::right, .drop = 4},
       {.header = "instr", .align = render::Align::right},
       {.header = "alloc", .align = render::Align::right},
       {.header = "ipc", .align = render::Align::right, .drop = 2},
       {.header = "miss L1/LL", .align = render::Align::right, .drop = 3},
       {.header = ""}}};
}

void add_row(render::TextTable& table, const BenchmarkResult& result, bool last,
             const std::optional<NsPerOp>& unit, const TierDemands& demands,
             const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  render::Text name{std::string{last ? glyph.last_branch : glyph.branch}, render::Tone::quiet};
  name.add(printable(result.info.id.text()));
  if (!measured(result)) {
    table.spanning_row({name,
                        {},
                        mark_of(result, style),
                        render::Text{name_of(result.outcome.status), render::Tone::bad}});
    return;
  }
  const render::Text raw =
      result.raw_cv ? render::Text{render::format_percent(*result.raw_cv), render::Tone::quiet}
                    : render::Text{};
  table.row({name, render::Text{render::format_cost(*result.value), render::Tone::strong},
             mark_of(result, style), target_of(result, unit, style), interval_of(result, style),
             spread_of(result, demands), raw, instructions_of(result),
             allocations_of(result, style), instructions_per_cycle_of(result), misses_of(result),
             remarks_on(result)});
}

render::TextTable table_of(const Document& document, const TierDemands& demands,
                           const render::Style& style) {
  render::TextTable table = empty_table(document, style);
  const auto unit = floor_unit(document);
  for (Section& section : sections_of(document)) {
    std::erase_if(section.results, [&](const BenchmarkResult* result) {
      return is_scaled(*result, document);  // they have a table of their own
    });
    if (section.results.empty()) continue;
    table.rule();
    table.title({section.title, render::Tone::strong});
    for (const BenchmarkResult* result : section.results) {
      const bool last = result == section.results.back();
      add_row(table, *result, last, unit, demands, style);
    }
  }
  return table;
}

std::string legend_of(const Document& document, const render::Style& style) {
  std::vector<render::Text> items;
  const auto say = [&](std::string text) {
    items.emplace_back(std::move(text), render::Tone::quiet);
  };
  const auto any = [&](auto holds) {
    return std::any_of(document.benchmarks.begin(), document.benchmarks.end(), holds);
  };
  if (const std::string name = interval_name(document);
      !name.empty() && style.width < render::kWide) {
    say(fmt::format("{}: half the {}", render::glyphs(style).plus_minus, name));
  }
  if (any([](const auto& result) { return result.robust_cv.has_value(); })) {
    say("cv: robust spread of the launches, raw: of all slices");
  }
  if (any([](const auto& r) { return disturbed_share(r).value >= kDisturbedWorthAMark; })) {
    say("~: slices disturbed");
  }
  if (floor_unit(document)) say("L: the cheapest floor");
  if (any([](const auto& r) { return !instructions_of(r).empty(); })) {
    say("instr, alloc, miss: an operation");
  }
  return render::listed(items, 0, style);
}

/// What went wrong and what limits the figures.
std::string notes_of(const Document& document, const TierDemands& demands,
                     const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  std::string result;
  for (const auto& [name, why] : failures(document)) {
    result +=
        render::hanging({std::string{glyph.missed}, render::Tone::bad}, name + ": " + why, style);
  }
  for (const std::string& warning : warnings(document, demands)) {
    result +=
        render::hanging({std::string{glyph.attention}, render::Tone::doubtful}, warning, style);
  }
  return result.empty() ? "" : "\n" + result;
}

}  // namespace

TierDemands demands_of(const config::Config& config) {
  TierDemands demands;
  const auto preset = config.presets.find(config.default_preset);
  for (const Tier tier : kTiers) {
    const std::size_t i = index_of(tier);
    demands.robust_cv[i] = config.gates[i].max_robust_cv;
    if (preset != config.presets.end()) demands.launches[i] = preset->second.launches[i];
  }
  return demands;
}

std::string dashboard(const Document& document, const DashboardOptions& options,
                      const render::Style& style) {
  std::string screen = render::flowed(run_headline(document, options.demands), "; ", 0, style);
  if (!document.benchmarks.empty()) {
    const render::TextTable table = table_of(document, options.demands, style);
    screen += "\n" + table.boxed({run_title(document), render::Tone::strong}, style);
    screen += legend_of(document, style);
    for (const std::string& block : blocks(document, style)) screen += "\n" + block;
  }
  screen += notes_of(document, options.demands, style) + "\n";
  std::vector<render::Text> items;
  for (const std::string& fact : facts(document)) items.emplace_back(fact);
  screen += render::listed(items, 0, style);
  for (const std::string& line : labels_and_limits(document)) {
    screen += render::flowed({render::Text{line, render::Tone::quiet}}, "", 0, style);
  }
  for (const std::string& line : not_counted(document)) {
    screen += render::flowed({render::Text{line, render::Tone::quiet}}, "", 0, style);
  }
  if (!options.saved_as.empty()) screen += "saved as " + printable(options.saved_as) + "\n";
  if (!options.next_command.empty()) screen += "next: " + options.next_command + "\n";
  return screen;
}

}  // namespace pulsebench::report
