#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/source_line.hpp"

namespace pulsebench {

/// The part of a difference that is of a function which the compiler inlined.
struct InlinedChange {
  std::string name;                      ///< untrusted
  std::optional<SourceLine> where = {};  ///< the line with the largest difference
  double difference = 0.0;
};

/// Instructions of one function itself, per operation, on both sides of a comparison.
struct FunctionChange {
  std::string name;                       ///< as the compiler demangles it; untrusted
  std::string object = {};                ///< file name of the program or library
  std::optional<SourceLine> where = {};   ///< where it begins; empty: unknown
  std::optional<double> base, candidate;  ///< absent where that side does not execute it

  std::optional<InlinedChange> inlined = {};  ///< that has most of the difference, if one has

  [[nodiscard]] double difference() const { return candidate.value_or(0.0) - base.value_or(0.0); }
};

/// How much longer an operation spends in one function itself, by samples of both sides.
struct FunctionTime {
  std::string name;  ///< untrusted
  double change_ns = 0.0;
  double low_ns = 0.0, high_ns = 0.0;  ///< 95 % interval of the change
};

/// Why a benchmark is slower, in instructions that were counted exactly. It is advice: no verdict
/// depends on it.
struct Explanation {
  double base = 0.0, candidate = 0.0;  ///< instructions per operation, of all functions
  std::uint64_t operations = 0;        ///< N: the counts are the slope between N and more of them
  /// Functions whose count differs, the largest difference first; at most `kMostFunctions`.
  std::vector<FunctionChange> functions = {};
  std::string reason = {};  ///< why nothing was counted, one line; empty where it was
  std::optional<FunctionTime> time =
      {};                      ///< the largest significant one; empty: none, or not asked
  std::string not_timed = {};  ///< why it was asked for and is not known, one line

  static constexpr std::size_t kMostFunctions = 20;

  [[nodiscard]] bool counted() const { return reason.empty(); }
  [[nodiscard]] double difference() const { return candidate - base; }
};

}  // namespace pulsebench
