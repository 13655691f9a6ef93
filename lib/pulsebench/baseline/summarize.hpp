#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/vocabulary/measured.hpp"

namespace pulsebench::baseline {

/// What a result keeps of the raw samples. Pure. Visits without a slice, and those whose
/// 25 % quantile is not above zero, are left out; with none left, the numbers stay absent and
/// `outcome` says why (`not_measured` where it said `ok`). The interval is the order-statistic one
/// at level 0.99, absent below 8 launches.
[[nodiscard]] BenchmarkResult summarize(const Measured& measured);

}  // namespace pulsebench::baseline
