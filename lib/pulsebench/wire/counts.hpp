#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/counts.hpp"

/// What was counted per operation, as part of a message. A field that is absent is an empty list:
/// a suite that counts nothing need not say so.
namespace pulsebench::wire {

[[nodiscard]] nlohmann::json write_counters(const std::vector<Counter>& counters);
[[nodiscard]] std::vector<Counter> read_counters(json::Reader& f, const char* key);

}  // namespace pulsebench::wire
