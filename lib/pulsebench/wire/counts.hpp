#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/counts.hpp"
#include "pulsebench/wire/fields.hpp"

/// What was counted per operation, as part of a message. A field that is absent is an empty list:
/// a suite that counts nothing need not say so.
namespace pulsebench::wire {

[[nodiscard]] nlohmann::json write_counters(const std::vector<Counter>& counters);
[[nodiscard]] std::vector<Counter> read_counters(Fields& f, const char* key);

[[nodiscard]] std::vector<std::string> read_names(Fields& f, const char* key);

}  // namespace pulsebench::wire
