#pragma once

/// The words of the result document that writer and reader share.
namespace pulsebench::baseline {

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
