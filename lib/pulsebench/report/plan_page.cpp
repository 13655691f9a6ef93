#include "pulsebench/report/plan_page.hpp"

#include <fmt/format.h>

#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"

namespace pulsebench::report {
namespace {

using Json = nlohmann::ordered_json;

render::Table tiers_table(const std::vector<PlannedTier>& tiers) {
  using render::Align;
  render::Table table{.columns = {{.header = "tier"},
                                  {.header = "benchmarks", .align = Align::right},
                                  {.header = "launches each", .align = Align::right},
                                  {.header = "slices each", .align = Align::right}},
                      .groups = {{}}};
  for (const PlannedTier& tier : tiers) {
    table.groups[0].rows.push_back(
        {.cells = {tier.declared ? fmt::format("{} {}", number_of(tier.tier), title_of(tier.tier))
                                 : "benchmarks",
                   render::Count{tier.benchmarks}, render::Count{tier.launches},
                   render::Count{static_cast<long long>(tier.launches) * tier.slices}}});
  }
  return table;
}

render::Table settings_table(const PlannedRun& plan) {
  render::Table table{.columns = {{.header = ""}, {.header = ""}}, .groups = {{}}};
  const auto add = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    table.groups[0].rows.push_back(
        {.cells = {render::Text{name, render::Tone::quiet}}, .note = value});
  };
  add("preset", plan.preset);
  add("seed", fmt::format("{}", plan.seed));
  add("cpu", plan.cpu);
  add("batches", plan.like.empty() ? "calibrated first" : "as in " + plan.like);
  for (const std::string& suite : plan.suites) add("suite", suite);
  return table;
}

std::string plan_json(const PlannedRun& plan) {
  Json tiers = Json::array();
  for (const PlannedTier& tier : plan.tiers) {
    tiers.push_back({{"tier", number_of(tier.tier)},
                     {"benchmarks", tier.benchmarks},
                     {"launches", tier.launches},
                     {"max_slices", tier.slices}});
  }
  return json::document_text({{"schema", "pulsebench-plan"},
                              {"version", 1},
                              {"preset", plan.preset},
                              {"seed", plan.seed},
                              {"estimated_seconds", plan.estimated_seconds},
                              {"suites", plan.suites},
                              {"tiers", std::move(tiers)}});
}

}  // namespace

render::Page plan_page(const PlannedRun& plan) {
  render::Page page{.title = "plan of a run", .json = [plan] { return plan_json(plan); }};
  long long benchmarks = 0, launches = 0;
  for (const PlannedTier& tier : plan.tiers) {
    benchmarks += tier.benchmarks;
    launches += static_cast<long long>(tier.benchmarks) * tier.launches;
  }
  if (benchmarks == 0) {
    page.headline.clauses = {"would measure nothing: no benchmark was chosen"};
    return page;
  }
  page.headline.clauses = {fmt::format("would measure {} in {}, about {}",
                                       render::format_count(benchmarks, "benchmark", "benchmarks"),
                                       render::format_count(launches, "launch", "launches"),
                                       render::format_duration(plan.estimated_seconds)),
                           "nothing was run"};
  page.add(tiers_table(plan.tiers));
  page.add(settings_table(plan));
  for (const std::string& note : plan.notes) {
    page.add(render::Note{render::Mark::attention, note});
  }
  page.next.command = plan.next_command;
  return page;
}

}  // namespace pulsebench::report
