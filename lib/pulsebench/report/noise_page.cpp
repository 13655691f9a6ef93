#include "pulsebench/report/noise_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using compare::Noise;
using compare::NoiseReport;
using render::Mark;
using render::Tone;

enum class Support { failed, unsupported, supported, skipped };

Support support_of(const Noise& noise) {
  if (noise.failed) return Support::failed;
  if (noise.skipped) return Support::skipped;
  return noise.supported ? Support::supported : Support::unsupported;
}

/// How a kind of support is shown.
struct SupportLook {
  Support support;
  const char* title;
  Tone tone;
  Mark mark;
};

constexpr std::array kSupports{
    SupportLook{Support::failed, "failed", Tone::bad, Mark::missed},
    SupportLook{Support::unsupported, "threshold not supported", Tone::doubtful, Mark::attention},
    SupportLook{Support::supported, "threshold supported", Tone::good, Mark::met},
    SupportLook{Support::skipped, "skipped", Tone::quiet, Mark::none}};

/// Less than a tenth of a per cent is not told apart from nothing.
render::Cell resolution(const std::optional<Percent>& percent) {
  if (!percent) return render::Text{"–", Tone::quiet};
  return Percent{std::max(percent->value, 0.01)};
}

/// Why its threshold is not supported; empty where it is.
std::string why(const Noise& noise) {
  return noise.reason ? describe_reason(*noise.reason) : std::string{};
}

render::Row row_of(const Noise& noise, Mark mark) {
  const bool floor = noise.info.role == Role::floor;
  const render::Cell name{render::Name{noise.info.id.text()}, Tone::plain, mark};
  const render::Text reason{printable(why(noise), 400), noise.failed ? Tone::plain : Tone::quiet};
  if (noise.failed || noise.skipped) return {.cells = {name}, .note = reason};
  return {
      .cells = {name, render::TierOrFloor{floor ? std::nullopt : std::optional{noise.info.tier}},
                noise.cost ? render::Cell{*noise.cost} : render::Cell{}, resolution(noise.resolves),
                resolution(noise.mean_resolves), render::Limit{noise.threshold},
                fmt::format("{} of {}", noise.false_alarms, noise.decisions),
                render::Count{noise.blocks}, render::format_duration(noise.seconds)},
      .note = reason};
}

render::Table table_of(const NoiseReport& noise) {
  using render::Align;
  render::Table table{
      .columns = {{.header = "benchmark", .elastic = true},
                  {.header = "tier", .drop = 3},
                  {.header = "cost", .align = Align::right, .drop = 2},
                  {.header = "resolves %", .align = Align::right},
                  {.header = "by mean %", .align = Align::right},
                  {.header = "threshold", .align = Align::right},
                  {.header = "false alarms", .align = Align::right},
                  {.header = "blocks", .align = Align::right, .drop = 4, .detail = true},
                  {.header = "time", .align = Align::right, .drop = 5, .detail = true}},
      .legend = {{.text = "resolves: smallest detectable steady change"},
                 {.text = "by mean: of an intermittent one"}}};
  for (const SupportLook& look : kSupports) {
    render::Group group{.title = {look.title, look.tone}};
    for (const Noise& one : noise.benchmarks) {
      if (support_of(one) == look.support) group.rows.push_back(row_of(one, look.mark));
    }
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  }
  return table;
}

/// "0 false alarms in 13 decisions: 0 %, at most 22.8 %".
std::string false_alarms(const NoiseReport& noise) {
  int decisions = 0, alarms = 0;
  for (const Noise& one : noise.benchmarks) {
    decisions += one.decisions;
    alarms += one.false_alarms;
  }
  if (decisions == 0) return "no decision was reached";
  return fmt::format("{} in {}: {}", render::format_count(alarms, "false alarm", "false alarms"),
                     render::format_count(decisions, "decision", "decisions"),
                     rate_text(compare::rate_of(alarms, decisions)));
}

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
          {"reason", printable(why(noise), render::kLongestText)},
          {"reason_code", noise.reason ? nlohmann::ordered_json(name_of(noise.reason->code))
                                       : nlohmann::ordered_json(nullptr)}};
}

std::string noise_json(const NoiseReport& noise, int exit_code) {
  auto benchmarks = nlohmann::ordered_json::array();
  for (const Noise& one : noise.benchmarks) benchmarks.push_back(benchmark_json(one));
  return json::document_text({{"schema", "pulsebench-noise"},
                              {"version", 1},
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

using compare::Noise;
using compare::NoiseReport;

constexpr double kMostOfThem = 0.95;

/// What `share` of the benchmarks resolve or better, rounded up to a tenth of a per cent.
std::string resolved(const NoiseReport& noise) {
  std::vector<double> resolved;
  long long all = 0;
  for (const Noise& one : noise.benchmarks) {
    if (!one.skipped) ++all;
    if (one.resolves) resolved.push_back(one.resolves->value);
  }
  if (all == 0) return "every benchmark was skipped";
  if (resolved.empty()) {
    return fmt::format("too few blocks to detect any change in {}",
                       render::format_count(all, "benchmark", "benchmarks"));
  }
  std::ranges::sort(resolved);
  const auto most =
      static_cast<std::size_t>(std::ceil(kMostOfThem * static_cast<double>(resolved.size())));
  const double tenths = std::max(1.0, std::ceil(10.0 * resolved[most - 1] - 1e-9));
  const auto reach =
      std::ranges::count_if(resolved, [&](double percent) { return 10.0 * percent <= tenths; });
  return fmt::format("this machine resolves {:.1f} % or better on {} of {}", tenths / 10.0, reach,
                     render::format_count(all, "benchmark", "benchmarks"));
}

/// "tier 0's 5 % gate is supported for 18 of 20", "the 5 % gate" where no benchmark of it declares
/// the tier; empty where the tier has no benchmark.
std::string of_tier(const NoiseReport& noise, Tier tier) {
  int all = 0;
  int supported = 0;
  bool gates = false;
  bool declared = false;
  Percent finest{};
  for (const Noise& one : noise.benchmarks) {
    if (one.info.role != Role::operation || one.info.tier != tier || one.skipped) continue;
    finest = all == 0 ? one.threshold : std::min(finest, one.threshold);
    gates = gates || one.gates;
    declared = declared || one.info.tier_declared;
    ++all;
    supported += one.supported ? 1 : 0;
  }
  if (all == 0) return "";
  return fmt::format("{} {} % {} is supported for {} of {}",
                     declared ? fmt::format("tier {}'s", number_of(tier)) : "the",
                     render::format_chosen_percent(finest), gates ? "gate" : "threshold", supported,
                     all);
}

}  // namespace

render::Page noise_page(const NoiseReport& noise, int exit_code) {
  const bool supported = noise.supported();
  render::Page page{
      .title = "noise of this machine",
      .headline = {.tone = supported ? Tone::good : Tone::doubtful, .clauses = {headline(noise)}},
      .json = [&noise, exit_code] { return noise_json(noise, exit_code); }};
  page.add(table_of(noise));
  for (const compare::Reason& warning : noise.warnings) {
    page.add(render::Note{Mark::attention, describe_reason(warning)});
  }
  page.add(render::Paragraph{{false_alarms(noise)}});
  page.add(
      render::Paragraph{{render::format_duration(noise.seconds) + " measured",
                         fmt::format("{:.0f} % of it inside visits", 100.0 * noise.visit_share),
                         fmt::format("seed {}", noise.seed)}});
  if (!supported) page.next = {"see what disturbs this machine", "pulsebench doctor"};
  return page;
}

std::string headline(const NoiseReport& noise) {
  std::string sentence = resolved(noise);
  for (const Tier tier : kTiers) {
    if (const std::string part = of_tier(noise, tier); !part.empty()) sentence += "; " + part;
  }
  return sentence;
}

}  // namespace pulsebench::report
