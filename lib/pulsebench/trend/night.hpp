#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/metric.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/tier.hpp"
#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::trend {

inline constexpr const char* kNightSchemaId = "pulsebench-night";
inline constexpr int kNightSchemaVersion = 2;  ///< 2 has other metrics than the time

/// The interval of a cost.
struct CostRange {
  Cost low, high;
};

/// What one night measured of one benchmark. A benchmark without a figure has no entry.
struct NightCost {
  BenchmarkId id;
  Cost cost;                            ///< as measured, above zero; a count may be zero
  std::optional<CostRange> range = {};  ///< of `cost`, at level 0.99; absent: too few launches
  /// This cost, divided by that of the same benchmark in the anchor binary: both were measured in
  /// alternation that night, as `ab` does. Absent where the anchor was not measured.
  std::optional<double> anchor_ratio = {};
  std::optional<Percent> robust_cv = {};
  int version = 1;  ///< of the benchmark
  Tier tier = Tier::critical;
  Better better = Better::lower;
};

/// One nightly run, as one line of a history keeps it.
struct Night {
  std::string day;  ///< YYYY-MM-DD: the DATE of the baseline `nightly/DATE`
  std::string run_id;
  std::string commit;        ///< empty: not recorded
  std::string started;       ///< RFC 3339, UTC
  bool complete = true;      ///< false where the run was interrupted; such a night is no point
  std::string machine_key;   ///< of the result document
  std::string machine_kind;  ///< names the file of the history
  std::string timer = {};    ///< of the suites; empty: not recorded
  std::string suites_sha256 = {};  ///< of all suite binaries together; empty: not recorded
  std::string anchor_sha256 = {};  ///< of the anchor binary; empty: no anchor was measured
  NamedFacts facts = {};           ///< shown, and break nothing: "kernel", "compiler", …
  std::vector<NightCost> costs = {};
};

/// The night on one line, ending in a newline. Measured numbers keep 6 significant digits. A night
/// of times alone has the schema version 1. Pure.
[[nodiscard]] std::string encode_night(const Night& night);

/// The night in `line`. A torn or foreign text, a newer schema, an unknown, missing or senseless
/// field are `bad_input`: one line that names `where` and the field. Pure.
[[nodiscard]] Result<Night> decode_night(std::string_view line, std::string_view where);

}  // namespace pulsebench::trend
