#pragma once

#include <doctest/doctest.h>

#include <utility>

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/config/load.hpp"
#include "results.hpp"

namespace pulsebench::compare {

inline Comparison compared(const baseline::Document& base, const baseline::Document& candidate,
                           const Context& context = {}) {
  return compare::compare(base, candidate, config::defaults(), context);
}

inline Judged compared_one(baseline::BenchmarkResult base, baseline::BenchmarkResult candidate) {
  const Comparison all =
      compared(document_of({std::move(base)}), document_of({std::move(candidate)}));
  REQUIRE(all.benchmarks.size() == 1);
  return all.benchmarks[0];
}

}  // namespace pulsebench::compare
