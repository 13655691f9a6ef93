#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/trend/decisions.hpp"
#include "pulsebench/trend/night.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::trend {

/// One night, as all series of a trend share it.
struct TrendNight {
  std::string day, run_id, commit;
  bool complete = true;
  int missing_before = 0;  ///< nights that were expected between the one before and this one
};

/// One figure of a series. An interrupted night, and one without the benchmark, give no point.
struct Point {
  std::size_t night = 0;  ///< index into the nights of the trend
  Cost cost;              ///< as measured
  std::optional<CostRange> range = {};
  std::optional<double> anchor_ratio = {};
  std::optional<Percent> robust_cv = {};
  /// What is judged: `cost` without the drift of the machine, which the anchor binary shows. The
  /// same as `cost` where the anchor was not measured or moved by 1 % or less.
  Cost judged = {};
};

/// Points that may be compared: the same machine key, benchmark version and timer, and no reset.
struct Epoch {
  std::size_t first = 0;     ///< point
  std::string because = {};  ///< what ended the one before: "version 1 → 2"; empty: the first one
  bool ends_alerts = false;  ///< changes before it are settled: a reset, or another version
};

/// Points of one epoch between two changes.
struct Level {
  std::size_t first = 0, last = 0;  ///< points
  Cost cost;                        ///< the median of what is judged
};

enum class ChangeStatus {
  open,      ///< neither accepted nor undone
  accepted,  ///< by a person, with a reason
  undone,    ///< the newest level is less than 3 % from the level before the change
  ended,     ///< a reset or another version of the benchmark came after it
};

/// A change of level.
struct Change {
  std::size_t first = 0;         ///< the first point of the new level
  std::size_t seen = 0;          ///< the point at which the alert was raised
  Cost before = {}, after = {};  ///< the levels
  double p = 1.0;                ///< of Student's test, when it was seen
  ChangeStatus status = ChangeStatus::open;
  std::optional<Decision> accepted = {};
  bool same_binaries = false;       ///< both nights ran the same suite binaries
  std::optional<int> commits = {};  ///< from the one before to the first one; empty: unknown
  std::vector<std::string> with{};  ///< facts that changed within a night: "compiler: 12.2 → 13.1"
  Better better = Better::lower;

  [[nodiscard]] Percent percent() const {
    return Percent{100.0 * (judged_figure(after) / judged_figure(before) - 1.0)};
  }
  /// Whether it is for the worse.
  [[nodiscard]] bool slower() const {
    return better == Better::lower ? after > before : after < before;
  }
};

/// The course of one benchmark.
struct Series {
  BenchmarkId id;
  Tier tier = Tier::critical;      ///< in the newest point
  Better better = Better::lower;   ///< there, too
  std::vector<Point> points = {};  ///< oldest first
  std::vector<Epoch> epochs = {};  ///< the first one begins with the first point
  std::vector<Level> levels = {};
  std::vector<Change> changes = {};
  bool too_young = false;  ///< the newest epoch has too few points for an alert
  bool lost = false;       ///< the newest complete night has no figure
};

/// What the nights of one machine kind say.
struct Trend {
  std::string machine_kind = {};
  std::vector<TrendNight> nights = {};  ///< oldest first
  std::vector<Series> series = {};      ///< by id
  int missing = 0;                      ///< nights that were expected and are not there
  int days_late = 0;  ///< days since the newest night, where that is far beyond the rhythm; else 0
  bool newest_incomplete = false;    ///< the newest night was interrupted
  std::string incomplete_line = {};  ///< of the file; see `History`
  /// How far the anchor moved in the newest 30 nights, by benchmark at most; empty: not measured.
  std::optional<Percent> anchor_within = {};
};

/// "budget/consume@2026-08-09": the same each night, so that a CI can open one issue for it.
[[nodiscard]] std::string alert_id(const Trend& trend, const Series& series, const Change& change);

/// The first night of a change, and the commits between which it happened. Empty: not recorded.
[[nodiscard]] const std::string& first_night(const Trend& trend, const Series& series,
                                             const Change& change);
[[nodiscard]] const std::string& commit_before(const Trend& trend, const Series& series,
                                               const Change& change);
[[nodiscard]] const std::string& commit_after(const Trend& trend, const Series& series,
                                              const Change& change);

/// Returns true for text that may be a commit for git: 7 to 64 hexadecimal digits.
[[nodiscard]] bool is_commit_hash(std::string_view text);

/// Whether an open change for the worse fails the run: one of a benchmark in these tiers.
[[nodiscard]] bool gates(const Series& series, const Change& change, const std::set<Tier>& fail_on);

}  // namespace pulsebench::trend

namespace pulsebench {

template <>
inline constexpr std::array<Named<trend::ChangeStatus>, 4> kNames<trend::ChangeStatus>{
    {{trend::ChangeStatus::open, "open"},
     {trend::ChangeStatus::accepted, "accepted"},
     {trend::ChangeStatus::undone, "undone"},
     {trend::ChangeStatus::ended, "ended"}}};

}  // namespace pulsebench
