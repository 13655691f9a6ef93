#pragma once

#include <string_view>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/json_reader.hpp"

namespace pulsebench::baseline {

/// Reads the field `key` of a benchmark where it is one of what was counted; leaves others.
[[nodiscard]] bool read_counts(JsonReader& reader, std::string_view key, JsonReader::Value value,
                               BenchmarkResult& result);

}  // namespace pulsebench::baseline
