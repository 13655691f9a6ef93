#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::wire {

/// What a program reports of one launch.
struct MetricReport {
  std::vector<MetricValues> metrics;
  std::string label = {};  ///< what the program says of itself; anybody's text
};

/// Reads `{"metrics":{"load":117.04,"decode":[2.9,3.1]},"label":"random weights"}`: each metric is
/// a number or a list of numbers. `child_failed` where the line is anything else, a number is not
/// finite, or there are more than 1,000 metrics or 100,000 values.
[[nodiscard]] Result<MetricReport> decode_report(std::string_view line);

}  // namespace pulsebench::wire
