#include "pulsebench/report/cpu_profile_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "pulsebench/json/write.hpp"
#include "pulsebench/profile/flame_svg.hpp"
#include "pulsebench/profile/pprof.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/profile_parts.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using profile::CpuProfile;
using profile::HotSpot;
using profile::SpotsBy;
using render::Align;
using render::Mark;

constexpr std::size_t kMostRows = 20;
constexpr double kLeastShare = 0.001;  // of the samples, of what the table has

std::string name_of_spot(const HotSpot& spot, SpotsBy by) {
  return by == SpotsBy::line ? std::filesystem::path{spot.name}.filename().string()
                             : profile::short_name(spot.name);
}

/// What stands in the last column: the place, and by line the function too.
std::string where(const HotSpot& spot, SpotsBy by) {
  const profile::Frame& frame = spot.hottest;
  std::string function = profile::short_name(frame.function);
  if (by == SpotsBy::line) return function;
  std::string place = frame_place(frame);
  if (by == SpotsBy::function && frame.inlined) {
    place += (place.empty() ? "in " : " in ") + function;
  }
  return place;
}

render::Table spots_table(const std::vector<HotSpot>& spots, SpotsBy by) {
  render::Table table{
      .columns = {{.header = "self %", .align = Align::right},
                  {.header = "self", .align = Align::right},
                  {.header = "±", .align = Align::right, .drop = 3},
                  {.header = "with callees", .align = Align::right, .drop = 2},
                  {.header = by == SpotsBy::line ? "line" : "function", .elastic = true},
                  {.header = by == SpotsBy::line ? "function" : "hottest line", .drop = 1}}};
  render::Group group;
  for (const HotSpot& spot : spots) {
    if (group.rows.size() >= kMostRows || spot.total_share < kLeastShare) break;
    group.rows.push_back(
        {.cells = {Percent{100.0 * spot.self_share}, spot.self,
                   spot.uncertainty ? render::Cell{*spot.uncertainty} : render::Cell{}, spot.total,
                   render::Name{printable(name_of_spot(spot, by), 400)},
                   printable(where(spot, by), 200)}});
  }
  table.groups.push_back(std::move(group));
  return table;
}

render::Headline headline_of(const CpuProfile& profile, const std::vector<HotSpot>& spots,
                             SpotsBy by, int exit_code) {
  render::Headline headline;
  if (exit_code != 0) headline.exit_code = exit_code;
  if (spots.empty()) return headline;
  const HotSpot& first = spots.front();
  headline.clauses.emplace_back(fmt::format(
      "{} takes {:.1f} % of {} of {}: {} of {}{}", printable(name_of_spot(first, by), 200),
      100.0 * first.self_share, operation_text(profile.operation),
      printable(profile.benchmark, 200), render::format_cost(first.self),
      render::format_cost(profile.cost()), is_of_program(profile) ? " of CPU time" : ""));
  return headline;
}

nlohmann::ordered_json spot_json(const HotSpot& spot) {
  const auto uncertainty = spot.uncertainty ? std::optional{spot.uncertainty->value} : std::nullopt;
  return {{"name", spot.name},
          {"function", spot.hottest.function},
          {"file", spot.hottest.file},
          {"line", spot.hottest.line},
          {"inlined", spot.hottest.inlined},
          {"samples", spot.samples},
          {"total_samples", spot.total_samples},
          {"self_percent", json::rounded(100.0 * spot.self_share, 6)},
          {"total_percent", json::rounded(100.0 * spot.total_share, 6)},
          {"self_ns_per_op", json::rounded(spot.self.value, 6)},
          {"self_ns_per_op_uncertainty", json::rounded_or_null(uncertainty, 6)},
          {"total_ns_per_op", json::rounded(spot.total.value, 6)}};
}

nlohmann::ordered_json stacks_json(const CpuProfile& profile) {
  auto frames = nlohmann::ordered_json::array();
  for (const profile::Frame& frame : profile.frames.all()) {
    frames.push_back({{"function", frame.function},
                      {"file", frame.file},
                      {"line", frame.line},
                      {"inlined", frame.inlined}});
  }
  std::map<profile::FrameNumbers, std::uint64_t> merged;
  for (const auto& launch : profile.launches) {
    for (const auto& [stack, samples] : launch.stacks) merged[stack] += samples;
  }
  auto stacks = nlohmann::ordered_json::array();
  for (const auto& [stack, samples] : merged) {
    stacks.push_back({{"frames", stack}, {"samples", samples}});
  }
  return {{"frames", std::move(frames)}, {"stacks", std::move(stacks)}};
}

std::string profile_json(const CpuProfile& profile, SpotsBy by, int exit_code,
                         const std::string& summary) {
  auto spots = nlohmann::ordered_json::array();
  for (const HotSpot& spot : hot_spots(profile, by)) spots.push_back(spot_json(spot));
  auto processes = nlohmann::ordered_json::array();
  for (const auto& launch : profile.launches) {
    processes.push_back({{"samples", launch.samples},
                         {"outside", launch.outside},
                         {"truncated", launch.truncated},
                         {"p25_ns_per_op", launch.p25_ns_per_op}});
  }
  nlohmann::ordered_json document{
      {"schema", "pulsebench-cpu-profile"},
      {"version", 1},
      {"summary", summary},
      {"exit_code", exit_code},
      {"benchmark", profile.benchmark},
      {"cost_of", name_of(profile.operation)},
      {"unseen", profile.unseen},
      {"sampled_by", profile.by},
      {"perf_refused", profile.refused},
      {"period_ns", profile.period_ns},
      {"samples", profile.samples()},
      {"expected_samples", json::rounded(profile.expected(), 6)},
      {"lost", profile.lost},
      {"throttled", profile.throttled},
      {"ns_per_op", json::rounded(profile.cost().value, 6)},
      {"mean_ns_per_op", json::rounded(profile.mean_ns_per_op, 6)},
      {"sampled_mean_ns_per_op", json::rounded(profile.sampled_ns_per_op, 6)},
      {"reading_seconds", json::rounded(profile.reading_seconds, 4)},
      {"by", name_of(by)},
      {"spots", std::move(spots)},
      {"processes", std::move(processes)}};
  document.update(stacks_json(profile));
  return json::document_text(document);
}

}  // namespace

render::Page cpu_profile_page(const CpuProfile& profile, SpotsBy by, int exit_code) {
  const auto spots = hot_spots(profile, by);
  render::Page page{.title = {printable("CPU profile of " + profile.benchmark, 400)},
                    .headline = headline_of(profile, spots, by, exit_code)};
  add_sampling_notes(profile, page);
  page.add(spots_table(spots, by));
  page.add(about_samples(profile));
  const auto shared = std::make_shared<const CpuProfile>(profile);
  page.add(render::Graphic{.svg = [shared] { return flame_graph(*shared, /*with_script=*/false); },
                           .script = profile::flame_script(),
                           .script_sha256 = profile::flame_script_sha256()});
  const std::string summary =
      page.headline.clauses.empty() ? "" : page.headline.clauses.front().plain();
  page.json = [shared, by, exit_code, summary] {
    return profile_json(*shared, by, exit_code, summary);
  };
  page.attachments = {
      {"svg", [shared] { return flame_graph(*shared, /*with_script=*/true); }},
      {"folded", [shared] { return folded(tree_of(shared->frames, shared->launches, true)); }},
      {"pprof", [shared] { return profile::pprof_of(*shared); }}};
  return page;
}

}  // namespace pulsebench::report
