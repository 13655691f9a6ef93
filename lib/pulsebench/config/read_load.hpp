#pragma once

#include "pulsebench/config/workload.hpp"
#include "pulsebench/json/reader.hpp"

namespace pulsebench::config {

/// Reads the fields of a workload of the kind `load`, but the command of its service.
void read_load(json::Reader& workload, LoadEntry& load);

}  // namespace pulsebench::config
