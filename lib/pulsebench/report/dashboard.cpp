#include "pulsebench/report/dashboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/report/dashboard_headline.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/report/floor_unit.hpp"
#include "pulsebench/report/quantity.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/report/target_verdict.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

/// From here on the interval is shown by its ends; below, by its half width.
constexpr int kWide = 96;

/// A section of the box.
struct Section {
  std::string title;
  std::vector<const BenchmarkResult*> results;
};

std::vector<Section> sections_of(const Document& document) {
  std::vector<Section> sections;
  for (const Tier tier : kTiers) {
    std::string title = title_of(tier);
    title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
    sections.push_back({fmt::format("{} (tier {})", title, number_of(tier)), {}});
  }
  sections.push_back({"Floors of this machine", {}});
  for (const BenchmarkResult& result : document.benchmarks) {
    const bool floor = result.info.role == Role::floor;
    sections[floor ? kTierCount : index_of(result.info.tier)].results.push_back(&result);
  }
  std::erase_if(sections, [](const Section& section) { return section.results.empty(); });
  return sections;
}

/// "99 % interval"; empty where no result has one.
std::string interval_name(const Document& document) {
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!result.interval) continue;
    return fmt::format("{:.0f} % interval", 100.0 * result.interval->level);
  }
  return "";
}

Table empty_table(const Document& document, const Style& style) {
  const bool wide = style.width >= kWide;
  const std::string half = fmt::format("{} %", glyphs(style).plus_minus);
  return Table{{{.header = "", .elastic = true},
                {.header = "value", .align = Align::right},
                {.header = "", .gap = 1},
                {.header = "target", .align = Align::right},
                {.header = wide ? interval_name(document) : half, .align = Align::right},
                {.header = "cv %", .align = Align::right},
                {.header = "raw cv %", .align = Align::right, .drop = 1},
                {.header = ""}}};
}

Text mark_of(TargetVerdict verdict, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  switch (verdict) {
    case TargetVerdict::met:
      return {std::string{glyph.met}, Tone::good};
    case TargetVerdict::missed:
    case TargetVerdict::not_measured:
      return {std::string{glyph.missed}, Tone::bad};
    case TargetVerdict::cannot_tell:
      return {std::string{glyph.unsure}, Tone::doubtful};
    case TargetVerdict::no_target:
      return {std::string{glyph.unsure}, Tone::quiet};
  }
  return {};
}

Text interval_of(const BenchmarkResult& result, const Style& style) {
  if (!result.interval || !result.value || result.value->value <= 0.0) return {};
  const auto [low, high, level] = *result.interval;
  const double value = result.value->value;
  if (style.width >= kWide) return range(NsPerOp{low}, NsPerOp{high}, *result.value, style);
  return bare_percent(Percent{100.0 * std::max(high - value, value - low) / value});
}

Text spread_of(const BenchmarkResult& result, const TierDemands& demands) {
  if (!result.robust_cv) return {};
  const Percent limit = demands.robust_cv[index_of(result.info.tier)];
  const bool wide = limit.value > 0.0 && *result.robust_cv > limit;
  return {bare_percent(*result.robust_cv), wide ? Tone::doubtful : Tone::plain};
}

/// Marks at the end of a line: disturbed slices, launches that lack, injected work.
Text remarks_on(const BenchmarkResult& result) {
  std::vector<std::string> remarks;
  if (const Percent share = disturbed_share(result); share.value >= kDisturbedWorthAMark) {
    remarks.push_back(fmt::format("~{:.0f} %", share.value));
  }
  const auto launches = static_cast<int>(result.launches.launch.size());
  if (launches < result.launches_asked) {
    remarks.push_back(fmt::format("{} of {}", launches, result.launches_asked));
  }
  if (result.injected_percent) {
    remarks.push_back(
        fmt::format("+{} % added", chosen_percent(Percent{*result.injected_percent})));
  }
  return {fmt::format("{}", fmt::join(remarks, ", ")), Tone::doubtful};
}

void add_row(Table& table, const BenchmarkResult& result, bool last,
             const std::optional<NsPerOp>& unit, const TierDemands& demands, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  const bool floor = result.info.role == Role::floor;
  Text name{std::string{last ? glyph.last_branch : glyph.branch}, Tone::quiet};
  name.add(printable(result.info.id.text()));
  if (!measured(result)) {
    table.spanning_row({name,
                        {},
                        mark_of(TargetVerdict::not_measured, style),
                        Text{name_of(result.outcome.status), Tone::bad}});
    return;
  }
  Text target{"none", Tone::quiet};
  if (floor) target = unit ? Text{in_units(*result.value, *unit)} : Text{};
  if (!floor && result.target) target = "< " + bound(*result.target, style);
  const Text mark = floor ? Text{} : mark_of(target_verdict(result), style);
  const Text raw = result.raw_cv ? Text{bare_percent(*result.raw_cv), Tone::quiet} : Text{};
  table.row({name, Text{cost(*result.value, style), Tone::strong}, mark, target,
             interval_of(result, style), spread_of(result, demands), raw, remarks_on(result)});
}

Table table_of(const Document& document, const TierDemands& demands, const Style& style) {
  Table table = empty_table(document, style);
  const auto unit = floor_unit(document);
  for (const Section& section : sections_of(document)) {
    table.rule();
    table.title({section.title, Tone::strong});
    for (const BenchmarkResult* result : section.results) {
      const bool last = result == section.results.back();
      add_row(table, *result, last, unit, demands, style);
    }
  }
  return table;
}

std::string legend_of(const Document& document, const Style& style) {
  std::vector<Text> items;
  const auto say = [&](std::string text) { items.emplace_back(std::move(text), Tone::quiet); };
  const auto any = [&](auto holds) {
    return std::any_of(document.benchmarks.begin(), document.benchmarks.end(), holds);
  };
  if (const std::string name = interval_name(document); !name.empty() && style.width < kWide) {
    say(fmt::format("{}: half the {}", glyphs(style).plus_minus, name));
  }
  if (any([](const auto& result) { return result.robust_cv.has_value(); })) {
    say("cv: robust spread of the launches");
  }
  if (any([](const auto& r) { return disturbed_share(r).value >= kDisturbedWorthAMark; })) {
    say("~: slices disturbed");
  }
  if (floor_unit(document)) say("L: the cheapest floor");
  return listed(items, 0, style);
}

/// What went wrong and what limits the figures.
std::string notes_of(const Document& document, const TierDemands& demands, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  std::string result;
  for (const auto& [name, why] : failures(document)) {
    result += hanging({std::string{glyph.missed}, Tone::bad}, name + ": " + why, style);
  }
  for (const std::string& warning : warnings(document, demands)) {
    result += hanging({std::string{glyph.attention}, Tone::doubtful}, warning, style);
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
                      const Style& style) {
  std::string screen = flowed(run_headline(document, options.demands), "; ", 0, style);
  if (!document.benchmarks.empty()) {
    const Table table = table_of(document, options.demands, style);
    screen += "\n" + table.boxed({run_title(document), Tone::strong}, style);
    screen += legend_of(document, style);
  }
  screen += notes_of(document, options.demands, style) + "\n";
  std::vector<Text> items;
  for (const std::string& fact : facts(document)) items.emplace_back(fact);
  screen += listed(items, 0, style);
  if (!options.saved_as.empty()) screen += "saved as " + printable(options.saved_as) + "\n";
  if (!options.next_command.empty()) screen += "next: " + options.next_command + "\n";
  return screen;
}

}  // namespace pulsebench::report
