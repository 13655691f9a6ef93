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

/// A column of `launches`: its key, where it is kept, and what a value may be.
struct LaunchColumn {
  std::string_view key;
  std::variant<std::vector<int> Launches::*, std::vector<double> Launches::*> values;
  Bounds bounds;
};

/// In the order of the document.
inline constexpr std::array kLaunchColumns{
    LaunchColumn{"launch", &Launches::launch, kCount},
    LaunchColumn{"p25_ns_per_op", &Launches::p25, kPositiveTime},
    LaunchColumn{"median_ns_per_op", &Launches::median, kPositiveTime},
    LaunchColumn{"minimum_ns_per_op", &Launches::minimum, kAnyTime},
    LaunchColumn{"undisturbed_mean_ns_per_op", &Launches::undisturbed_mean, kPositiveTime},
    LaunchColumn{"cpu_p25_ns_per_op", &Launches::cpu_p25, kAnyTime},
    LaunchColumn{"slices", &Launches::slices, {1, kCount.high}},
    LaunchColumn{"disturbed", &Launches::disturbed, kCount},
    LaunchColumn{kReference, &Launches::reference, kAnyTime}};

}  // namespace pulsebench::baseline
