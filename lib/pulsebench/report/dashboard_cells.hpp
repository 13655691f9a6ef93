#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/report/dashboard.hpp"

namespace pulsebench::report {

/// Results that are shown together.
struct Section {
  std::string title;
  std::vector<const baseline::BenchmarkResult*> results;
};

/// A section a tier, then the floors; none is empty. They point into `document`.
[[nodiscard]] std::vector<Section> sections_of(const baseline::Document& document);

/// "99 % interval"; empty where no result has one.
[[nodiscard]] std::string interval_name(const baseline::Document& document);

/// Met, missed or not told; empty for a floor.
[[nodiscard]] render::Text mark_of(const baseline::BenchmarkResult& result,
                                   const render::Style& style);

/// "< 20 ns"; of a floor what it is in `unit`s. Precondition: a floor has a value.
[[nodiscard]] render::Text target_of(const baseline::BenchmarkResult& result,
                                     const std::optional<NsPerOp>& unit,
                                     const render::Style& style);

/// The ends, or half the width in per cent, by the room there is.
[[nodiscard]] render::Text interval_of(const baseline::BenchmarkResult& result,
                                       const render::Style& style);

/// The robust CV, doubtful where the tier allows less.
[[nodiscard]] render::Text spread_of(const baseline::BenchmarkResult& result,
                                     const TierDemands& demands);

/// Marks at the end of a line: disturbed slices, launches that lack, injected work.
[[nodiscard]] render::Text remarks_on(const baseline::BenchmarkResult& result);

}  // namespace pulsebench::report
