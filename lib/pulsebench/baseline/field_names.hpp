#pragma once

#include <array>
#include <string_view>
#include <variant>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/json/wording.hpp"

/// What writer and reader of the result document share.
namespace pulsebench::baseline {

using json::Bounds;

inline constexpr Bounds kAnyTime{0.0, 1e18};         ///< ns or seconds; more is no measurement
inline constexpr Bounds kPositiveTime{1e-9, 1e18};   ///< what a logarithm is taken of
inline constexpr Bounds kCount{0, 2'147'483'647.0};  ///< fits an int

inline constexpr std::string_view kReference = "reference_ns";

/// Behind the keys of costs in nanoseconds. The figures of another metric have the key without it,
/// and the unit stands in `metric`.
inline constexpr std::string_view kNsPerOp = "_ns_per_op";

/// What a column of `launches` holds. Of nanoseconds `kNsPerOp` follows its key, and a logarithm is
/// taken of what `levels` holds.
enum class Column { number, figures, levels };

/// A column of `launches`: its key, where it is kept, and what a value may be.
struct LaunchColumn {
  std::string_view key;
  Column holds;
  std::variant<std::vector<int> Launches::*, std::vector<double> Launches::*> values;
  Bounds bounds;
};

/// In the order of the document.
inline constexpr std::array kLaunchColumns{
    LaunchColumn{"launch", Column::number, &Launches::launch, kCount},
    LaunchColumn{"p25", Column::levels, &Launches::p25, kAnyTime},
    LaunchColumn{"median", Column::levels, &Launches::median, kAnyTime},
    LaunchColumn{"minimum", Column::figures, &Launches::minimum, kAnyTime},
    LaunchColumn{"undisturbed_mean", Column::levels, &Launches::undisturbed_mean, kAnyTime},
    LaunchColumn{"cpu_p25", Column::figures, &Launches::cpu_p25, kAnyTime},
    LaunchColumn{"slices", Column::number, &Launches::slices, {1, kCount.high}},
    LaunchColumn{"disturbed", Column::number, &Launches::disturbed, kCount},
    LaunchColumn{kReference, Column::number, &Launches::reference, kAnyTime}};

}  // namespace pulsebench::baseline
