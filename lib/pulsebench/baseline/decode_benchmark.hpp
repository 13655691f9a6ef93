#pragma once

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/json_reader.hpp"

namespace pulsebench::baseline {

/// Reads one element of `benchmarks` and appends it. Says whether it is sound.
bool decode_benchmark(JsonReader& reader, JsonReader::Value value, Detail detail,
                      std::vector<BenchmarkResult>& benchmarks);

}  // namespace pulsebench::baseline
