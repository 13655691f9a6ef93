#include "pulsebench/report/profile_change_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/profile/flame_svg.hpp"
#include "pulsebench/profile/pprof.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/profile_parts.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using profile::CostChange;
using profile::FunctionTimeChange;
using profile::ProfileChange;
using profile::SpotsBy;
using render::Align;
using render::Tone;

constexpr std::size_t kMostUnchanged = 5;

std::string signed_cost(Cost cost) {
  return (cost.value < 0.0 ? "-" : "+") + render::format_cost(Cost{std::abs(cost.value)});
}

std::string interval_text(const CostChange& cost) {
  return signed_cost(cost.low) + " to " + signed_cost(cost.high);
}

std::string shown_name(const FunctionTimeChange& change) {
  return printable(profile::short_name(change.name), 200);
}

double percent_of(const CostChange& cost) {
  return cost.before.value > 0.0 ? 100.0 * cost.change.value / cost.before.value : 0.0;
}

/// "gone" or "new" where one side has no sample of it.
std::string presence(const FunctionTimeChange& change) {
  return change.new_samples == 0 ? "gone" : change.old_samples == 0 ? "new" : "";
}

render::Row row_of(const FunctionTimeChange& change) {
  const Tone tone = !change.significant              ? Tone::quiet
                    : change.cost.change.value > 0.0 ? Tone::bad
                                                     : Tone::good;
  std::string place = frame_place(change.hottest);
  if (const std::string where = presence(change); !where.empty()) {
    place = where + (place.empty() ? "" : ": " + place);
  }
  return {.cells = {render::Text{signed_cost(change.cost.change), tone},
                    render::Text{interval_text(change.cost), Tone::quiet}, change.cost.before,
                    change.cost.after, render::Name{shown_name(change)}, printable(place, 200)}};
}

render::Table table_of(const char* heading, const std::vector<FunctionTimeChange>& changes,
                       std::size_t most_unchanged) {
  render::Table table{.heading = heading,
                      .columns = {{.header = "change", .align = Align::right},
                                  {.header = "95 % interval", .align = Align::right, .drop = 2},
                                  {.header = "before", .align = Align::right, .drop = 3},
                                  {.header = "after", .align = Align::right, .drop = 3},
                                  {.header = "function", .elastic = true},
                                  {.header = "where", .drop = 1}}};
  render::Group slower{.title = {"slower", Tone::bad}}, faster{.title = {"faster", Tone::good}};
  render::Group unchanged{.title = {"no significant change", Tone::quiet}};
  for (const FunctionTimeChange& change : changes) {
    if (!change.significant) {
      if (unchanged.rows.size() < most_unchanged) unchanged.rows.push_back(row_of(change));
    } else {
      (change.cost.change.value > 0.0 ? slower : faster).rows.push_back(row_of(change));
    }
  }
  for (render::Group* group : {&slower, &faster, &unchanged}) {
    if (!group->rows.empty()) table.groups.push_back(std::move(*group));
  }
  return table;
}

/// The operation's change, in words.
std::string operation_text(const CostChange& operation) {
  return fmt::format("the operation {} ({}), {} to {}", signed_cost(operation.change),
                     render::format_change(Percent{percent_of(operation)}),
                     render::format_cost(operation.before), render::format_cost(operation.after));
}

render::Headline headline_of(const ProfilePair& pair, int exit_code) {
  render::Headline headline;
  if (exit_code != 0) headline.exit_code = exit_code;
  if (pair.regressed) {
    headline.verdict = "regressed";
    headline.tone = Tone::bad;
  }
  const ProfileChange& change = pair.change;
  const bool found = !change.functions.empty() && change.functions.front().significant;
  if (found) {
    const FunctionTimeChange& first = change.functions.front();
    const std::string place = frame_place(first.hottest);
    headline.clauses.emplace_back(fmt::format(
        "{}{} {} [{}]", shown_name(first), place.empty() ? "" : " (" + printable(place) + ")",
        signed_cost(first.cost.change), interval_text(first.cost)));
  } else {
    headline.clauses.emplace_back("no function changed significantly");
  }
  headline.clauses.emplace_back(operation_text(change.operation));
  return headline;
}

/// What could have been seen, and what the functions explain.
render::Paragraph resolution_of(const ProfileChange& change) {
  render::Paragraph paragraph;
  paragraph.items.emplace_back("smallest growth that would have been seen: " +
                               render::format_cost(change.operation.detectable) +
                               " of the operation");
  if (!change.functions.empty()) {
    const auto hottest =
        std::max_element(change.functions.begin(), change.functions.end(),
                         [](const FunctionTimeChange& left, const FunctionTimeChange& right) {
                           return left.cost.after < right.cost.after;
                         });
    paragraph.items.emplace_back(fmt::format(
        "{} of {}", render::format_cost(hottest->cost.detectable), shown_name(*hottest)));
  }
  if (change.explained > 0.0) {
    paragraph.items.emplace_back(
        fmt::format("{:.0f} % of the difference is explained", 100.0 * change.explained));
  }
  return paragraph;
}

/// Functions with samples on the old side alone, which the flame graph of the new side lacks.
render::Paragraph gone_functions(const ProfileChange& change) {
  render::Paragraph paragraph;
  for (const FunctionTimeChange& total : change.totals) {
    if (total.new_samples > 0) continue;
    paragraph.items.emplace_back((paragraph.items.empty() ? "gone: " : "") + shown_name(total) +
                                 ", " + render::format_cost(total.cost.before));
  }
  return paragraph;
}

std::string differential_graph(const ProfilePair& pair, SpotsBy by, bool with_script) {
  std::map<std::string, const FunctionTimeChange*> changes;
  for (const FunctionTimeChange& change : pair.change.totals) changes[change.name] = &change;
  const auto change_in = [&changes](const profile::TreeNode& node) -> const FunctionTimeChange* {
    const auto found = changes.find(node.name);
    return found == changes.end() ? nullptr : found->second;
  };
  const double cost = pair.new_side.cost().value;
  const auto all = static_cast<double>(pair.new_side.samples());
  const profile::FlameStyle style{
      .title = fmt::format("{}: {} against {}, {}", pair.new_side.benchmark, pair.new_name,
                           pair.old_name, operation_text(pair.change.operation)),
      .weight =
          [=](const profile::TreeNode& node) {
            std::string text = render::format_cost(Cost{cost * node.total / all});
            if (const FunctionTimeChange* const change = change_in(node)) {
              text += fmt::format(", {} [{}]{}", signed_cost(change->cost.change),
                                  interval_text(change->cost),
                                  change->significant ? "" : ", not significant");
            }
            return text;
          },
      .fill =
          [=](const profile::TreeNode& node) {
            const FunctionTimeChange* const change = change_in(node);
            const bool significant = change != nullptr && change->significant;
            return std::string{!significant                      ? "#d0d0d0"
                               : change->cost.change.value > 0.0 ? "#f08070"
                                                                 : "#80a8f0"};
          },
      .with_script = with_script};
  return profile::flame_svg(
      tree_of(pair.new_side.frames, pair.new_side.launches, by != SpotsBy::function), style);
}

nlohmann::ordered_json cost_json(const CostChange& cost) {
  return {{"before_ns_per_op", json::rounded(cost.before.value, 6)},
          {"after_ns_per_op", json::rounded(cost.after.value, 6)},
          {"change_ns_per_op", json::rounded(cost.change.value, 6)},
          {"low_ns_per_op", json::rounded(cost.low.value, 6)},
          {"high_ns_per_op", json::rounded(cost.high.value, 6)},
          {"p", json::rounded(cost.p, 6)},
          {"detectable_ns_per_op", json::rounded(cost.detectable.value, 6)}};
}

nlohmann::ordered_json functions_json(const std::vector<FunctionTimeChange>& changes) {
  auto list = nlohmann::ordered_json::array();
  for (const FunctionTimeChange& change : changes) {
    nlohmann::ordered_json entry{{"name", change.name},
                                 {"file", change.hottest.file},
                                 {"line", change.hottest.line},
                                 {"significant", change.significant},
                                 {"old_samples", change.old_samples},
                                 {"new_samples", change.new_samples}};
    entry.update(cost_json(change.cost));
    list.push_back(std::move(entry));
  }
  return list;
}

std::string change_json(const ProfilePair& pair, SpotsBy by, int exit_code,
                        const std::string& summary) {
  return json::document_text(
      {{"schema", "pulsebench-cpu-profile-change"},
       {"version", 1},
       {"summary", summary},
       {"exit_code", exit_code},
       {"benchmark", pair.new_side.benchmark},
       {"old", pair.old_name},
       {"new", pair.new_name},
       {"sampled_by", pair.new_side.by},
       {"blocks", pair.new_side.launches.size()},
       {"old_samples", pair.old_side.samples()},
       {"new_samples", pair.new_side.samples()},
       {"regressed", pair.regressed},
       {"operation", cost_json(pair.change.operation)},
       {"explained_percent", json::rounded(100.0 * pair.change.explained, 6)},
       {"by", name_of(by)},
       {"functions", functions_json(pair.change.functions)},
       {"with_callees", functions_json(pair.change.totals)}});
}

}  // namespace

render::Page profile_change_page(ProfilePair pair, SpotsBy by, int exit_code) {
  const auto shared = std::make_shared<const ProfilePair>(std::move(pair));
  render::Page page{.title = {printable("CPU profile of " + shared->new_side.benchmark + ": " +
                                            shared->new_name + " against " + shared->old_name,
                                        400)},
                    .headline = headline_of(*shared, exit_code)};
  add_sampling_notes(shared->new_side, page);
  page.add(table_of("own time", shared->change.functions, kMostUnchanged));
  if (render::Table totals = table_of("with callees", shared->change.totals, 0);
      !totals.groups.empty()) {
    page.add(std::move(totals));
  }
  page.add(gone_functions(shared->change));
  page.add(resolution_of(shared->change));
  page.add(about_samples(shared->new_side));
  page.add(render::Graphic{
      .svg = [shared, by] { return differential_graph(*shared, by, /*with_script=*/false); },
      .script = profile::flame_script(),
      .script_sha256 = profile::flame_script_sha256()});
  std::string summary = page.headline.verdict;
  for (const render::Text& clause : page.headline.clauses) {
    summary += (summary.empty() ? "" : "; ") + clause.plain();
  }
  page.json = [shared, by, exit_code, summary] {
    return change_json(*shared, by, exit_code, summary);
  };
  page.attachments = {
      {"svg", [shared, by] { return differential_graph(*shared, by, /*with_script=*/true); }},
      {"folded",
       [shared] {
         return folded(tree_of(shared->new_side.frames, shared->new_side.launches, true));
       }},
      {"pprof", [shared] { return profile::pprof_of(shared->new_side); }}};
  return page;
}

}  // namespace pulsebench::report
