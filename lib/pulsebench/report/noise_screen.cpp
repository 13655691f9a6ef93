#include "pulsebench/report/noise_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pulsebench/report/json_text.hpp"
#include "pulsebench/report/markdown.hpp"
#include "pulsebench/report/quantity.hpp"
#include "pulsebench/report/rate.hpp"
#include "pulsebench/report/table.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::report {
namespace {

using compare::Noise;
using compare::NoiseReport;

constexpr Style kNoisePage{.color = false, .unicode = true, .width = 1000};

enum class Support { failed, unsupported, supported };

Support support_of(const Noise& noise) {
  if (noise.failed) return Support::failed;
  return noise.supported ? Support::supported : Support::unsupported;
}

const char* title_of(Support support) {
  switch (support) {
    case Support::failed:
      return "failed";
    case Support::unsupported:
      return "threshold not supported";
    case Support::supported:
      return "threshold supported";
  }
  return "";
}

Tone tone_of(Support support) {
  switch (support) {
    case Support::failed:
      return Tone::bad;
    case Support::unsupported:
      return Tone::doubtful;
    case Support::supported:
      return Tone::good;
  }
  return Tone::plain;
}

std::string mark_of(Support support, const Style& style) {
  const Glyphs& glyph = glyphs(style);
  return std::string{support == Support::supported     ? glyph.met
                     : support == Support::unsupported ? glyph.attention
                                                       : glyph.missed};
}

std::string resolution(const std::optional<Percent>& percent, const Style& style) {
  if (!percent) return std::string{glyphs(style).dash};
  return percent->value < 0.05 ? "<0.1 %" : bare_percent(*percent) + " %";
}

/// Everything of a benchmark but its mark and its name.
std::vector<std::string> figures_of(const Noise& noise, const Style& style) {
  return {noise.info.role == Role::floor ? "floor" : std::to_string(number_of(noise.info.tier)),
          noise.cost ? cost(*noise.cost, style) : std::string{},
          resolution(noise.resolves, style),
          resolution(noise.mean_resolves, style),
          chosen_percent(noise.threshold) + " %",
          fmt::format("{} of {}", noise.false_alarms, noise.decisions),
          std::to_string(noise.blocks),
          duration(noise.seconds)};
}

std::vector<Column> noise_columns() {
  return {{.header = ""},
          {.header = "benchmark", .gap = 1, .elastic = true},
          {.header = "tier", .drop = 3},
          {.header = "cost", .align = Align::right, .drop = 2},
          {.header = "resolves", .align = Align::right},
          {.header = "by mean", .align = Align::right},
          {.header = "threshold", .align = Align::right},
          {.header = "false alarms", .align = Align::right},
          {.header = "blocks", .align = Align::right, .drop = 4},
          {.header = "time", .align = Align::right, .drop = 5}};
}

std::string footing(const NoiseReport& noise) {
  int decisions = 0;
  int alarms = 0;
  for (const Noise& one : noise.benchmarks) {
    decisions += one.decisions;
    alarms += one.false_alarms;
  }
  std::string text = "no decision was reached";
  if (decisions > 0) {
    text = fmt::format("{} in {}: {}", count(alarms, "false alarm", "false alarms"),
                       count(decisions, "decision", "decisions"),
                       rate_text(compare::rate_of(alarms, decisions)));
  }
  return text + fmt::format("; {} measured, {:.0f} % of it inside visits", duration(noise.seconds),
                            100.0 * noise.visit_share);
}

constexpr const char* kLegend =
    "resolves: the smallest steady change that can be told from none in the blocks given; by mean: "
    "the same for a cost that comes and goes";

bool all_supported(const NoiseReport& noise) {
  return std::all_of(noise.benchmarks.begin(), noise.benchmarks.end(),
                     [](const Noise& one) { return one.supported; });
}

constexpr const char* kNext = "next: pulsebench doctor says what spoils this machine";

nlohmann::ordered_json percent_json(const std::optional<Percent>& percent) {
  return percent ? nlohmann::ordered_json(percent->value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json benchmark_json(const Noise& noise) {
  return {{"id", noise.info.id.text()},
          {"tier", number_of(noise.info.tier)},
          {"role", noise.info.role == Role::floor ? "floor" : "operation"},
          {"ns_per_op", noise.cost ? nlohmann::ordered_json(noise.cost->value)
                                   : nlohmann::ordered_json(nullptr)},
          {"resolves_percent", percent_json(noise.resolves)},
          {"mean_resolves_percent", percent_json(noise.mean_resolves)},
          {"threshold_percent", noise.threshold.value},
          {"gates", noise.gates},
          {"supported", noise.supported},
          {"failed", noise.failed},
          {"decisions", noise.decisions},
          {"false_alarms", noise.false_alarms},
          {"passed", noise.passed},
          {"blocks", noise.blocks},
          {"seconds", noise.seconds},
          {"reason", printable(noise.reason, kLongestText)}};
}

}  // namespace

std::string noise_table(const NoiseReport& noise, const Style& style) {
  const Tone tone = all_supported(noise) ? Tone::good : Tone::doubtful;
  std::string screen = flowed({Text{headline(noise), tone}}, "", 0, style);
  Table table{noise_columns()};
  for (const Support support : {Support::failed, Support::unsupported, Support::supported}) {
    bool titled = false;
    for (const Noise& one : noise.benchmarks) {
      if (support_of(one) != support) continue;
      if (!titled) table.title({title_of(support), tone_of(support)});
      titled = true;
      std::vector<Text> cells{Text{mark_of(support, style), tone_of(support)},
                              Text{printable(one.info.id.text())}};
      if (one.failed) {
        cells.emplace_back(printable(one.reason, 400));
        table.spanning_row(cells);
        continue;
      }
      for (std::string& cell : figures_of(one, style)) cells.emplace_back(std::move(cell));
      table.row(cells);
      if (!one.reason.empty()) {
        table.spanning_row({{}, Text{printable(one.reason, 400), Tone::quiet}});
      }
    }
  }
  screen += "\n" + table.plain(style) + "\n";
  screen += flowed({Text{kLegend, Tone::quiet}}, "", 0, style);
  for (const std::string& warning : noise.warnings) {
    screen += hanging({std::string{glyphs(style).attention}, Tone::doubtful},
                      printable(warning, 400), style);
  }
  screen += flowed({Text{footing(noise), Tone::quiet}}, "", 0, style);
  screen += painted(fmt::format("seed {}", noise.seed), Tone::quiet, style) + "\n";
  if (!all_supported(noise)) screen += std::string{kNext} + "\n";
  return screen;
}

std::string noise_markdown(const NoiseReport& noise) {
  std::vector<std::vector<std::string>> lines;
  for (const Support support : {Support::failed, Support::unsupported, Support::supported}) {
    for (const Noise& one : noise.benchmarks) {
      if (support_of(one) != support) continue;
      std::vector<std::string> line{mark_of(support, kNoisePage), code(one.info.id.text())};
      for (std::string& cell : figures_of(one, kNoisePage)) line.push_back(std::move(cell));
      line.push_back(code(printable(one.reason, 400)));
      lines.push_back(std::move(line));
    }
  }
  std::vector<Column> all = noise_columns();
  all.push_back({.header = "why"});
  std::string page = "## " + headline(noise) + "\n\n" + markdown_table(all, lines) + "\n";
  page += std::string{"- "} + kLegend + "\n- " + footing(noise) + "\n";
  for (const std::string& warning : noise.warnings) page += "- ! " + code(warning) + "\n";
  return page;
}

std::string noise_json(const NoiseReport& noise, int exit_code) {
  auto benchmarks = nlohmann::ordered_json::array();
  for (const Noise& one : noise.benchmarks) benchmarks.push_back(benchmark_json(one));
  auto warnings = nlohmann::ordered_json::array();
  for (const auto& warning : noise.warnings) warnings.push_back(printable(warning, kLongestText));
  return json_text({{"schema", kNoiseSchemaId},
                    {"version", kNoiseSchemaVersion},
                    {"kind", "noise"},
                    {"summary", headline(noise)},
                    {"exit_code", exit_code},
                    {"family_alpha", noise.alpha},
                    {"max_blocks", noise.most_blocks},
                    {"seed", noise.seed},
                    {"seconds", noise.seconds},
                    {"visit_share", noise.visit_share},
                    {"warnings", std::move(warnings)},
                    {"benchmarks", std::move(benchmarks)}});
}

}  // namespace pulsebench::report
