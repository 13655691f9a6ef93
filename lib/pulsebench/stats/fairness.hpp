#pragma once

#include <span>

namespace pulsebench::stats {

/// Smallest share / largest share, 0 to 1; 1 if all are equal, also if all are 0. Precondition: not
/// empty, nothing negative.
[[nodiscard]] double min_max_ratio(std::span<const double> shares);

/// Jain's fairness index, (Σx)² / (n Σx²): 1 if all are equal (also all 0), k/n if k of n share
/// all. Precondition: not empty, no negative values. Source: Jain, Chiu & Hawe, A Quantitative
/// Measure of Fairness, DEC-TR-301 (1984), section 4.
[[nodiscard]] double jain_index(std::span<const double> shares);

}  // namespace pulsebench::stats
