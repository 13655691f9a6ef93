#pragma once

#include <string>
#include <vector>

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
[[nodiscard]] compare::Comparison judge_stored(const Compared& compared,
                                               const std::string& base_name,
                                               const std::string& candidate_name,
                                               const baseline::Store& store);

/// Every stored run and baseline that can be read, without its benchmarks.
[[nodiscard]] std::vector<baseline::Document> stored_envelopes(const baseline::Store& store);

}  // namespace pulsebench::session
