#pragma once

#include <map>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/trend/night.hpp"

namespace pulsebench::trend {

/// What was measured against the anchor.
struct AnchorRatios {
  std::string sha256;  ///< of the anchor's suites together; empty: there is no anchor
  std::map<BenchmarkId, double> ratios = {};
};

/// The SHA-256 of all suites of a result together; empty where it has none.
[[nodiscard]] std::string suites_sha256(const baseline::Document& document);

/// The night of `day` that `document` measured. Operations with a figure are in it: what failed,
/// was left out or is a floor of the machine is not, nor is a metric that is no time. Names of
/// hosts are left out. Pure.
[[nodiscard]] Night measured_night(const baseline::Document& document, std::string day);

/// Adds what the night knows of the anchor. Pure.
void add_anchor(Night& night, const AnchorRatios& anchor);

}  // namespace pulsebench::trend
