#include "pulsebench/report/noise_screen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "pulsebench/render/json_text.hpp"
#include "pulsebench/render/markdown.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/table.hpp"
#include "pulsebench/report/rate.hpp"
#include "pulsebench/report/reason_json.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Noise;
using compare::NoiseReport;

constexpr render::Style kNoisePage{.color = false, .unicode = true, .width = 1000};

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

render::Tone tone_of(Support support) {
  switch (support) {
    case Support::failed:
      return render::Tone::bad;
    case Support::unsupported:
      return render::Tone::doubtful;
    case Support::supported:
      return render::Tone::good;
  }
  return render::Tone::plain;
}

std::string mark_of(Support support, const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  return std::string{support == Support::supported     ? glyph.met
                     : support == Support::unsupported ? glyph.attention
                                                       : glyph.missed};
}

std::string resolution(const std::optional<Percent>& percent, const render::Style& style) {
  if (!percent) return std::string{render::glyphs(style).dash};
  return percent->value < 0.05 ? "<0.1 %" : render::format_percent(*percent) + " %";
}

/// Everything of a benchmark but its mark and its name.
std::vector<std::string> figures_of(const Noise& noise, const render::Style& style) {
  return {noise.info.role == Role::floor ? "floor" : std::to_string(number_of(noise.info.tier)),
          noise.cost ? render::format_cost(*noise.cost) : std::string{},
          resolution(noise.resolves, style),
          resolution(noise.mean_resolves, style),
          render::format_chosen_percent(noise.threshold) + " %",
          fmt::format("{} of {}", noise.false_alarms, noise.decisions),
          std::to_string(noise.blocks),
          render::format_duration(noise.seconds)};
}

std::vector<render::Column> noise_columns() {
  return {{.header = ""},
          {.header = "benchmark", .gap = 1, .elastic = true},
          {.header = "tier", .drop = 3},
          {.header = "cost", .align = render::Align::right, .drop = 2},
          {.header = "resolves", .align = render::Align::right},
          {.header = "by mean", .align = render::Align::right},
          {.header = "threshold", .align = render::Align::right},
          {.header = "false alarms", .align = render::Align::right},
          {.header = "blocks", .align = render::Align::right, .drop = 4},
          {.header = "time", .align = render::Align::right, .drop = 5}};
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
    text = fmt::format("{} in {}: {}", render::format_count(alarms, "false alarm", "false alarms"),
                       render::format_count(decisions, "decision", "decisions"),
                       rate_text(compare::rate_of(alarms, decisions)));
  }
  return text + fmt::format("; {} measured, {:.0f} % of it inside visits",
                            render::format_duration(noise.seconds), 100.0 * noise.visit_share);
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

/// Why its threshold is not supported; empty where it is.
std::string why(const Noise& noise) {
  return noise.reason ? describe_reason(*noise.reason) : std::string{};
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
          {"reason", printable(why(noise), render::kLongestText)},
          {"reason_code", noise.reason ? nlohmann::ordered_json(name_of(noise.reason->code))
                                       : nlohmann::ordered_json(nullptr)}};
}

}  // namespace

std::string noise_table(const NoiseReport& noise, const render::Style& style) {
  const render::Tone tone = all_supported(noise) ? render::Tone::good : render::Tone::doubtful;
  std::string screen = render::flowed({render::Text{headline(noise), tone}}, "", 0, style);
  render::TextTable table{noise_columns()};
  for (const Support support : {Support::failed, Support::unsupported, Support::supported}) {
    bool titled = false;
    for (const Noise& one : noise.benchmarks) {
      if (support_of(one) != support) continue;
      if (!titled) table.title({title_of(support), tone_of(support)});
      titled = true;
      std::vector<render::Text> cells{render::Text{mark_of(support, style), tone_of(support)},
                                      render::Text{printable(one.info.id.text())}};
      if (one.failed) {
        cells.emplace_back(printable(why(one), 400));
        table.spanning_row(cells);
        continue;
      }
      for (std::string& cell : figures_of(one, style)) cells.emplace_back(std::move(cell));
      table.row(cells);
      if (one.reason) {
        table.spanning_row({{}, render::Text{printable(why(one), 400), render::Tone::quiet}});
      }
    }
  }
  screen += "\n" + table.plain(style) + "\n";
  screen += render::flowed({render::Text{kLegend, render::Tone::quiet}}, "", 0, style);
  for (const compare::Reason& warning : noise.warnings) {
    screen +=
        render::hanging({std::string{render::glyphs(style).attention}, render::Tone::doubtful},
                        printable(describe_reason(warning), 400), style);
  }
  screen += render::flowed({render::Text{footing(noise), render::Tone::quiet}}, "", 0, style);
  screen += render::painted(fmt::format("seed {}", noise.seed), render::Tone::quiet, style) + "\n";
  if (!all_supported(noise)) screen += std::string{kNext} + "\n";
  return screen;
}

std::string noise_markdown(const NoiseReport& noise) {
  std::vector<std::vector<std::string>> lines;
  for (const Support support : {Support::failed, Support::unsupported, Support::supported}) {
    for (const Noise& one : noise.benchmarks) {
      if (support_of(one) != support) continue;
      std::vector<std::string> line{mark_of(support, kNoisePage), render::code(one.info.id.text())};
      for (std::string& cell : figures_of(one, kNoisePage)) line.push_back(std::move(cell));
      line.push_back(render::code(printable(why(one), 400)));
      lines.push_back(std::move(line));
    }
  }
  std::vector<render::Column> all = noise_columns();
  all.push_back({.header = "why"});
  std::string page = "## " + headline(noise) + "\n\n" + render::markdown_table(all, lines) + "\n";
  page += std::string{"- "} + kLegend + "\n- " + footing(noise) + "\n";
  for (const compare::Reason& warning : noise.warnings)
    page += "- ! " + render::code(describe_reason(warning)) + "\n";
  return page;
}

std::string noise_json(const NoiseReport& noise, int exit_code) {
  auto benchmarks = nlohmann::ordered_json::array();
  for (const Noise& one : noise.benchmarks) benchmarks.push_back(benchmark_json(one));
  return render::json_text({{"schema", kNoiseSchemaId},
                            {"version", kNoiseSchemaVersion},
                            {"kind", "noise"},
                            {"summary", headline(noise)},
                            {"exit_code", exit_code},
                            {"family_alpha", noise.alpha},
                            {"max_blocks", noise.most_blocks},
                            {"seed", noise.seed},
                            {"seconds", noise.seconds},
                            {"visit_share", noise.visit_share},
                            {"warnings", sentences_of(noise.warnings)},
                            {"warning_codes", codes_of(noise.warnings)},
                            {"benchmarks", std::move(benchmarks)}});
}

}  // namespace pulsebench::report
