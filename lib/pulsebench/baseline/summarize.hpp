#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::baseline {

/// Everything that was seen of one benchmark: the raw samples and what they are samples of.
struct Measured {
  BenchmarkInfo info;
  std::string suite = {};
  Outcome outcome = {};  ///< the visits before a failure are kept, and summarised, whatever it says
  Batching batching = {};
  int launches_asked = 0;
  std::vector<Visit> visits = {};  ///< in the order measured; at most one a launch
  bool oversubscribed = false;
  std::optional<NsPerOp> target = {};
  std::optional<double> injected_percent = {};
  std::optional<ExactCount> exact = {};
  std::optional<Allocations> allocations = {};
  std::optional<double> max_allocations = {};
};

/// What a result keeps of the raw samples. Pure. Visits without a slice, and those whose
/// 25 % quantile is not above zero, are left out; with none left, the numbers stay absent and
/// `outcome` says why (`not_measured` where it said `ok`). The interval is the order-statistic one
/// at level 0.99, absent below 8 launches.
[[nodiscard]] BenchmarkResult summarize(const Measured& measured);

}  // namespace pulsebench::baseline
