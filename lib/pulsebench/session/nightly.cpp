#include "pulsebench/session/nightly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "pulsebench/baseline/approvals.hpp"
#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/session/anchor.hpp"
#include "pulsebench/trend/history.hpp"
#include "pulsebench/trend/measured_night.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr std::string_view kFolder = "nightly/";

/// What stands below `nightly/` in the name of a baseline; empty: it is another name.
std::optional<std::string> part_below_nightly(const std::string& name) {
  return name.starts_with(kFolder) ? std::optional{name.substr(kFolder.size())} : std::nullopt;
}

/// Why the run is no night of the history; empty where it is one.
std::string why_no_night(const baseline::Document& run, const trend::Night& night) {
  if (!run.complete) return "the run was " + run.incomplete_because;
  for (const baseline::BenchmarkResult& result : run.benchmarks) {
    if (!result.injected_percent) continue;
    return "work was injected into " + result.info.id.text() + " on purpose";
  }
  if (night.costs.empty()) return "no operation was measured";
  if (night.machine_kind.empty()) return "the kind of this machine is not known";
  return "";
}

/// Returns true where the history has a line of that day, or cannot be read.
Result<bool> has_line(const baseline::Store& store, const trend::Night& night) {
  PB_TRY(const auto history, trend::read_history(store, night.machine_kind));
  return std::ranges::any_of(history.nights,
                             [&](const trend::Night& one) { return one.day == night.day; });
}

/// "8 of 10 operations (the others have no figure), 8 ratios to the anchor".
std::string content_of(const trend::Night& night, const baseline::Document& run) {
  const auto operations = std::ranges::count_if(
      run.benchmarks, [](const auto& result) { return result.info.role == Role::operation; });
  const auto ratios = std::ranges::count_if(
      night.costs, [](const trend::NightCost& cost) { return cost.anchor_ratio.has_value(); });
  const std::size_t with = night.costs.size();
  std::string text = fmt::format("{} {}", with, with == 1 ? "operation" : "operations");
  if (static_cast<std::size_t>(operations) != with) {
    text = fmt::format("{} of {} operations, the others have no figure", with, operations);
  }
  return text + fmt::format(", {} with a ratio to the anchor", ratios);
}

/// Adds the line. Returns what to say.
Result<std::string> add_line(const Session& session, const baseline::Document& run,
                             const trend::Night& night, bool saved) {
  const baseline::Store& store = session.workspace.store;
  if (!saved) {
    PB_TRY(const bool kept, has_line(store, night));
    if (kept) return "the line of " + night.day + " stays: this run was not saved";
  }
  PB_TRY(const auto file, trend::record_night(store, night));
  return fmt::format("night {} added to {}: {}", night.day, printable(file.string()),
                     content_of(night, run));
}

}  // namespace

std::optional<std::string> day_in(const std::string& name) {
  auto day = part_below_nightly(name);
  return day && baseline::is_day(*day) ? day : std::nullopt;
}

Result<std::string> nightly_name(const std::string& save, const std::string& reason) {
  const auto below = part_below_nightly(save);
  if (below == "today") return std::string{kFolder} + today();
  if (!below || reason != kNightlyReason || day_in(save)) return save;
  return fail(ErrorCode::bad_input,
              fmt::format("'{}' names no night; save a nightly run as nightly/DATE, such as "
                          "nightly/2026-01-31, or as nightly/today",
                          printable(save, 60)));
}

std::optional<std::string> day_of(const RunRequest& request) {
  return request.reason == kNightlyReason ? day_in(request.save) : std::nullopt;
}

void note_unrecorded(const Session& session, const RunRequest& request) {
  if (day_of(request)) return;
  if (request.reason == kNightlyReason) {
    session.notice(
        "this run is not added to the nightly history; save it with --save nightly/today");
  } else if (day_in(request.save)) {
    session.notice(request.save + " is not added to the nightly history without --reason nightly");
  }
}

void record_nightly(const Session& session, const RunRequest& request, const PreparedRun& prepared,
                    const TunedMachine& machine, const std::string& day, RunResult& result) {
  const baseline::Document& run = result.document;
  trend::Night night = trend::measured_night(run, day);
  if (const std::string why = why_no_night(run, night); !why.empty()) {
    session.notice("the nightly history has no line of this run: " + why);
    return;
  }
  const AnchorResult anchor = measure_anchor(session, request, prepared, machine, run);
  if (anchor.interrupted_by != 0) result.interrupted_by = anchor.interrupted_by;
  trend::add_anchor(night, anchor.measured);
  const auto added = add_line(session, run, night, !result.saved_as.empty());
  if (added) return session.notice(*added);
  if (!result.not_kept) result.not_kept = added.error();
}

}  // namespace pulsebench::session
