#pragma once

#include <map>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::compare {

/// What a comparison knows beside the two documents and the gates.
struct Context {
  std::string base_name = {}, candidate_name = {};  ///< as the user wrote them
  std::map<BenchmarkId, RunSigma> run_sigma = {};   ///< learnt; what it lacks gets a default
  int history = 0;                                  ///< stored runs that it was sought in
};

/// Whether the two results may be held against each other: the keys of their machines are equal,
/// and their clocks differ by a factor of at most 2. Else `not_comparable`, naming what differs.
[[nodiscard]] Result<void> comparable(const baseline::Document& base,
                                      const baseline::Document& candidate);

/// Judges every benchmark of two stored results by `docs/design/verdict.md` (ii). Pure; the order
/// in which benchmarks are declared decides the order of the output and nothing else. `comparable`
/// is the caller's to ask first.
[[nodiscard]] Comparison compare(const baseline::Document& base,
                                 const baseline::Document& candidate, const config::Config& config,
                                 const Context& context);

}  // namespace pulsebench::compare
