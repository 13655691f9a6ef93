#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/stats/complexity.hpp"

namespace pulsebench::baseline {

/// The size that an id ends in, and what stands before it: `registry/lookup/100` is of the family
/// `registry/lookup/`, `sort/n:8` of `sort/n:`.
struct SizedName {
  std::string family;
  std::uint64_t size = 0;
};

/// Nothing where the last part of the id is no whole number from 1 (nine digits at most, no leading
/// zero), alone or after a name and a colon; `threads:` is a number of threads, not a size.
[[nodiscard]] std::optional<SizedName> sized_name(const BenchmarkId& id);

/// How the cost of one family grows with its size.
struct ParametricGrowth {
  std::string family;              ///< without the `/` or `:` before the size
  std::vector<double> sizes = {};  ///< ascending
  stats::GrowthFit fit = {};       ///< of the values, ns per operation
};

/// What the noise of a value is taken to be: benchmarks of two sizes differ by a few per cent for
/// where their code and data lie, whatever the spread of each.
inline constexpr double kNoiseBetweenSizes = 0.05;

/// A growth for each family: measured operations of one suite, number of threads and version whose
/// ids differ by their size alone, at three sizes or more, the largest ten times the smallest. Left
/// out: floors, and what had more threads than CPUs. In the order of the document. Pure.
[[nodiscard]] std::vector<ParametricGrowth> growths_of(const Document& document);

}  // namespace pulsebench::baseline
