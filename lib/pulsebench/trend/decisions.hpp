#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::trend {

inline constexpr const char* kDecisionsSchemaId = "pulsebench-trend-decisions";
inline constexpr int kDecisionsSchemaVersion = 1;

/// What a person decided about the trend of one benchmark, and why.
struct Decision {
  BenchmarkId id;
  std::string night;   ///< YYYY-MM-DD; what it means depends on the kind of decision
  std::string reason;  ///< not empty; untrusted text
  std::string by;      ///< git's user.name; empty: unknown
  std::string on;      ///< YYYY-MM-DD, UTC
};

/// The decisions of a tree.
struct Decisions {
  std::vector<Decision> accepted = {};  ///< the change whose first night is `night`
  std::vector<Decision> resets = {};    ///< an epoch ends with `night`, and a new one begins
};

/// `list` with `fresh` in the place of the decision on the same benchmark and night, in order.
[[nodiscard]] std::vector<Decision> with_decision(std::vector<Decision> list, Decision fresh);

/// The file for review: JSON, ending in a newline. Pure.
[[nodiscard]] std::string encode_decisions(const Decisions& decisions);

/// What `text` holds. A torn or foreign text, a newer schema, an unknown, missing or senseless
/// field are `bad_input`: one line that names `file_name` and the field. Pure.
[[nodiscard]] Result<Decisions> decode_decisions(std::string_view text, std::string_view file_name);

/// `baselines/trend.json` of the tree; no decisions where there is no such file.
[[nodiscard]] Result<Decisions> read_decisions(const baseline::Store& store);

/// Replaces the decisions by what `change` makes of them. No other process changes them meanwhile.
[[nodiscard]] Result<void> change_decisions(
    const baseline::Store& store, const std::function<Result<Decisions>(Decisions)>& change);

/// The file, for messages.
[[nodiscard]] std::string decisions_file(const baseline::Store& store);

}  // namespace pulsebench::trend
