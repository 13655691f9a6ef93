#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "pulsebench/vocabulary/benchmark.hpp"

/// The words of the result document that writer and reader share.
namespace pulsebench::baseline {

inline constexpr std::array<std::pair<Status, std::string_view>, 7> kStatusNames{
    {{Status::ok, "ok"},
     {Status::measured_nothing, "measured_nothing"},
     {Status::skipped, "skipped"},
     {Status::crashed, "crashed"},
     {Status::timed_out, "timed_out"},
     {Status::failed, "failed"},
     {Status::not_measured, "not_measured"}}};

inline constexpr std::array<std::pair<Role, std::string_view>, 2> kRoleNames{
    {{Role::operation, "operation"}, {Role::floor, "floor"}}};

template <class Value, std::size_t N>
[[nodiscard]] constexpr std::string_view name_of(
    const std::array<std::pair<Value, std::string_view>, N>& names, Value value) {
  for (const auto& entry : names) {
    if (entry.first == value) return entry.second;
  }
  return "";
}

template <class Value, std::size_t N>
[[nodiscard]] constexpr std::optional<Value> value_of(
    const std::array<std::pair<Value, std::string_view>, N>& names, std::string_view name) {
  for (const auto& entry : names) {
    if (entry.second == name) return entry.first;
  }
  return std::nullopt;
}

/// The columns of `launches`, by their keys: `launch` itself is the first.
inline constexpr const char* kLaunch = "launch";
inline constexpr const char* kP25 = "p25_ns_per_op";
inline constexpr const char* kMedian = "median_ns_per_op";
inline constexpr const char* kMinimum = "minimum_ns_per_op";
inline constexpr const char* kUndisturbedMean = "undisturbed_mean_ns_per_op";
inline constexpr const char* kCpuP25 = "cpu_p25_ns_per_op";
inline constexpr const char* kSlices = "slices";
inline constexpr const char* kDisturbed = "disturbed";
inline constexpr const char* kReference = "reference_ns";

}  // namespace pulsebench::baseline
