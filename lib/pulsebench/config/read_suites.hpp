#pragma once

#include "pulsebench/config/config.hpp"
#include "pulsebench/json/reader.hpp"

namespace pulsebench::config {

/// Reads `suites`: each entry is a path, or an object with a path and how to start it.
void read_suites(json::Reader& fields, json::Problem& problem, std::vector<SuiteEntry>& suites);

/// Reads `benchmarks`: objects with an expression, and what holds for the ids that it matches.
void read_rules(json::Reader& fields, std::vector<BenchmarkRule>& rules);

/// Reads variables of an environment, by name, into "NAME=value".
void read_variables(json::Reader& variables, std::vector<std::string>& environment);

/// Reads the tier at `key`, 0 to 3.
void read_tier(json::Reader& fields, const char* key, std::optional<Tier>& tier);

}  // namespace pulsebench::config
