#pragma once

#include <span>

namespace pulsebench::stats {

/// The smallest share / the largest, 0 to 1; 1 where all are alike, also where all are 0.
/// Precondition: not empty, nothing negative.
[[nodiscard]] double min_max_ratio(std::span<const double> shares);

/// Jain's fairness index, (Σx)² / (n Σx²): 1 where all are alike, k/n where k of n share all.
/// 1 where all are 0. Precondition: not empty, nothing negative.
/// Source: Jain, Chiu & Hawe, A Quantitative Measure of Fairness, DEC-TR-301 (1984), section 4.
[[nodiscard]] double jain_index(std::span<const double> shares);

}  // namespace pulsebench::stats
