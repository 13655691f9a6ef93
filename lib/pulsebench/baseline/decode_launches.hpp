#pragma once

#include <string_view>

#include "pulsebench/baseline/codec.hpp"
#include "pulsebench/baseline/json_reader.hpp"

namespace pulsebench::baseline {

/// The name of a figure, whatever its unit.
[[nodiscard]] std::string_view without_unit(std::string_view key);

/// Reads the columns of `launches`. `values` wants the reference kernel alone.
[[nodiscard]] bool read_launches(JsonReader& reader, JsonReader::Value value, Detail detail,
                                 Launches& launches);

}  // namespace pulsebench::baseline
