#pragma once

#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"

namespace pulsebench::session {

/// Two results, and the gates they are judged by.
struct Compared {
  const baseline::Document& base;
  const baseline::Document& candidate;
  const config::Config& config;
};

/// What the two stored results alone say, with the spread between runs that the kept runs teach.
[[nodiscard]] Result<compare::Comparison> judge_stored(const Compared& compared,
                                                       const std::string& base_name,
                                                       const std::string& candidate_name,
                                                       const baseline::Store& store);

/// Every stored run and baseline, without its benchmarks, and how many cannot be read.
[[nodiscard]] Result<baseline::StoredRuns> stored_envelopes(const baseline::Store& store);

}  // namespace pulsebench::session
