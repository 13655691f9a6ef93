#include "pulsebench/report/run_page.hpp"
#include "pulsebench/report/cases.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/evidence.hpp"
#include "pulsebench/report/run_notes.hpp"
#include "pulsebench/report/run_tables.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;
using render::Mark;
using render::Tone;

/// "snappy of main 1a2b3c4d5, uncommitted changes".
render::Text title_of(const Document& document) {
  render::Text title{document.project.empty() ? "pulsebench" : printable(document.project, 60)};
  const Git& git = document.git;
  if (git.commit.empty()) return title;
  title.add(" of ");
  if (!git.branch.empty()) title.add(printable(git.branch, 60)).add(" ");
  title.add(git.commit.substr(0, 9));
  return git.dirty ? title.add(", uncommitted changes") : title;
}

/// What the floors are counted in: L, the cheapest of them, by design the relaxed load. Empty where
/// fewer than two floors were measured.
std::optional<Cost> floor_unit(const baseline::Document& document) {
  std::optional<Cost> cheapest;
  int floors = 0;
  for (const auto& result : document.benchmarks) {
    if (result.info.role != Role::floor || !measured(result)) continue;
    ++floors;
    if (!cheapest || *result.value < *cheapest) cheapest = result.value;
  }
  if (floors < 2 || cheapest->value <= 0.0) return std::nullopt;
  return cheapest;
}

/// `7.6 L`: this differs less from machine to machine than nanoseconds do.
std::string in_units(Cost value, Cost unit) {
  const double ratio = value.value / unit.value;
  return fmt::format("{:.{}f} L", ratio, ratio < 9.95 && ratio > 1.0 ? 1 : 0);
}

/// A floor's target is what it costs counted in floors.
render::Cell target_of(const BenchmarkResult& result, const std::optional<Cost>& unit,
                       bool any_target) {
  if (result.info.role == Role::floor) {
    return unit ? render::Cell{in_units(*result.value, *unit)} : render::Cell{};
  }
  if (!result.target && !result.max_allocations) {
    return any_target ? render::Cell{render::Text{"none", Tone::quiet}} : render::Cell{};
  }
  const Mark mark = mark_of(compare::target_verdict(result));
  if (!result.target) return {render::Text{"allocations"}, Tone::plain, mark};
  return {render::Bound{*result.target}, Tone::plain, mark};
}

render::Cell noise_of(const BenchmarkResult& result, const TierDemands& demands) {
  if (!result.robust_cv) return {};
  const Percent limit = demands.robust_cv[index_of(result.info.tier)];
  const bool noisy = limit.value > 0.0 && *result.robust_cv > limit;
  return {*result.robust_cv, noisy ? Tone::doubtful : Tone::plain};
}

render::Cell interval_of(const BenchmarkResult& result) {
  if (!result.interval || !result.value || result.value->value <= 0.0) return {};
  const Unit unit = result.info.unit();
  return render::CostInterval{Cost{result.interval->low, unit}, Cost{result.interval->high, unit},
                              *result.value};
}

/// At the end of a line: what makes this figure worth less, or more, than the others.
render::Text remarks_on(const BenchmarkResult& result) {
  std::vector<std::string> remarks;
  if (result.oversubscribed) remarks.emplace_back("oversubscribed");
  if (const Percent share = disturbance_of({&result, 1}).share();
      share.value >= kDisturbedWorthAMark) {
    remarks.push_back(fmt::format("{:.0f} % disturbed", share.value));
  }
  const auto launches = static_cast<int>(result.launches.launch.size());
  if (launches < result.launches_asked) {
    remarks.push_back(fmt::format("{} of {} launches", launches, result.launches_asked));
  }
  if (result.injected_percent) {
    remarks.push_back(fmt::format(
        "+{} % added", render::format_chosen_percent(Percent{*result.injected_percent})));
  }
  return {fmt::format("{}", fmt::join(remarks, ", ")), Tone::doubtful};
}

render::Row row_of(const BenchmarkResult& result, const std::optional<Cost>& unit,
                   const TierDemands& demands, bool any_target) {
  const render::Name name{result.info.id.text()};
  const auto evidence = [&result] { return evidence_of(result); };
  if (!measured(result)) {
    return {.cells = {{name, Tone::plain, Mark::missed}},
            .note = {spoken(result.outcome.status), Tone::bad},
            .evidence = evidence};
  }
  const render::Cell raw =
      result.raw_cv ? render::Cell{*result.raw_cv, Tone::quiet} : render::Cell{};
  return {.cells = {name,
                    {*result.value, Tone::strong},
                    target_of(result, unit, any_target),
                    interval_of(result),
                    noise_of(result, demands),
                    raw,
                    instructions_of(result),
                    allocations_of(result),
                    instructions_per_cycle_of(result),
                    misses_of(result),
                    remarks_on(result)},
          .evidence = evidence};
}

/// A section a tier, one for benchmarks that have none, and the floors. What differs by its number
/// of threads alone has a table of its own.
std::vector<render::Group> sections_of(const Document& document, const TierDemands& demands) {
  constexpr std::size_t kWithoutTier = kTierCount;
  std::vector<render::Group> sections(kTierCount + 2);
  for (const Tier tier : kTiers) {
    std::string title = pulsebench::title_of(tier);
    title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
    sections[index_of(tier)].title = {fmt::format("{} (tier {})", title, number_of(tier)),
                                      Tone::strong};
  }
  sections[kWithoutTier].title = {"Benchmarks", Tone::strong};
  sections.back().title = {"Floors of this machine", Tone::strong};
  const auto unit = floor_unit(document);
  const bool any_target = std::ranges::any_of(
      document.benchmarks, [](const auto& result) { return result.target.has_value(); });
  for (const BenchmarkResult& result : document.benchmarks) {
    if (is_scaled(result, document)) continue;
    const bool floor = result.info.role == Role::floor;
    const std::size_t tier = result.info.tier_declared ? index_of(result.info.tier) : kWithoutTier;
    auto& section = floor ? sections.back() : sections[tier];
    section.rows.push_back(row_of(result, unit, demands, any_target));
  }
  std::erase_if(sections, [](const render::Group& section) { return section.rows.empty(); });
  return sections;
}

render::Table costs_table(const Document& document, const TierDemands& demands) {
  using render::Align;
  const std::string interval = interval_name(document);
  const bool any_noise = std::ranges::any_of(
      document.benchmarks, [](const auto& result) { return result.robust_cv.has_value(); });
  render::Table table{
      .heading = {title_of(document).plain(), Tone::strong},
      .columns = {{.header = "benchmark", .elastic = true},
                  {.header = "value", .align = Align::right},
                  {.header = "target", .align = Align::right},
                  {.header = interval, .align = Align::right, .narrow = "± %"},
                  {.header = "noise %", .align = Align::right},
                  {.header = "raw cv %", .align = Align::right, .drop = 4, .detail = true},
                  {.header = "instr/op", .align = Align::right},
                  {.header = "alloc/op", .align = Align::right},
                  {.header = "ipc", .align = Align::right, .drop = 2},
                  {.header = "L1/LL misses/op", .align = Align::right, .drop = 3, .detail = true},
                  {.header = "note", .drop = 1}},
      .groups = sections_of(document, demands),
      .groups_are = "tier"};
  if (any_noise) table.legend.push_back({.text = "noise: spread between launches"});
  if (floor_unit(document)) table.legend.push_back({.text = "L: cheapest floor"});
  if (any_noise) table.legend.push_back({.text = "raw cv: of all slices", .detail = true});
  return table;
}

void add_facts(render::Group& group, const NamedFacts& facts) {
  for (const auto& [name, value] : facts) {
    if (value.empty()) continue;
    group.rows.push_back(
        {.cells = {render::Text{name, Tone::quiet}}, .note = {printable(value, 400)}});
  }
}

NamedFacts run_facts(const Document& document) {
  return {{"run", document.run_id},
          {"started", document.started},
          {"ended", document.ended},
          {"reason", document.reason},
          {"command", fmt::format("{}", fmt::join(document.command_line, " "))},
          {"tool", document.tool_version},
          {"imported file", document.imported_from ? document.imported_from->file_sha256 : ""},
          {"incomplete", document.complete ? "" : document.incomplete_because}};
}

NamedFacts git_facts(const Git& git) {
  return {{"commit", git.commit},
          {"tree", git.dirty ? "uncommitted changes" : ""},
          {"branch", git.branch},
          {"commit date", git.commit_date},
          {"merge base", git.merge_base}};
}

/// "performance, asked for performance; at the end powersave: ..."
std::string state_text(const StateFact& fact) {
  std::string text = fact.before.empty() ? "absent" : fact.before;
  if (!fact.requested.empty() && fact.requested != fact.before) {
    text += ", asked for " + fact.requested;
  }
  if (!fact.after.empty() && fact.after != fact.before) text += ", at the end " + fact.after;
  return fact.reason.empty() ? text : text + ": " + fact.reason;
}

render::Table envelope_table(const Document& document) {
  render::Table table{.columns = {{.header = ""}, {.header = ""}}};
  const auto add = [&](const std::string& title, const NamedFacts& facts) {
    render::Group group{.title = {title, Tone::strong}};
    add_facts(group, facts);
    if (!group.rows.empty()) table.groups.push_back(std::move(group));
  };
  add("run", run_facts(document));
  add("git", git_facts(document.git));
  for (const SuiteBuild& suite : document.suites) {
    NamedFacts facts{{"sha256", suite.sha256}};
    facts.insert(facts.end(), suite.facts.begin(), suite.facts.end());
    add("suite " + printable(suite.name), facts);
  }
  add("machine: must be equal for a comparison", document.machine.hashed);
  add("machine: may differ", document.machine.shown);
  NamedFacts state;
  for (const StateFact& fact : document.state) state.emplace_back(fact.name, state_text(fact));
  add("state", state);
  return table;
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

render::Page run_page(const Document& document, const RunPageOptions& options) {
  const TierDemands demands = document.imported_from ? TierDemands{} : options.demands;
  render::Page page{
      .title = title_of(document),
      .headline = run_headline(document, demands),
      .next = options.next,
      .json = [&document] { return baseline::encode(document); },
      .cases = [&document,
                enforce = options.enforce_targets] { return cases_of(document, enforce); }};
  if (!document.benchmarks.empty()) {
    page.add(costs_table(document, demands));
    for (render::Table& table : run_tables(document)) page.add(std::move(table));
  }
  for (render::Block& note : run_notes(document, demands)) page.add(std::move(note));
  if (!options.saved_as.empty()) {
    page.add(render::Paragraph{{render::Text{"saved as "}.add_verbatim(options.saved_as)}});
  }
  return page;
}

render::Page baseline_page(const Document& document, const RunPageOptions& options) {
  render::Page page = run_page(document, options);
  page.add(envelope_table(document));
  return page;
}

}  // namespace pulsebench::report
