#pragma once

#include <vector>

#include "pulsebench/config/workload.hpp"
#include "pulsebench/json/reader.hpp"

namespace pulsebench::config {

/// Reads `workloads`: objects by name. Notes what is wrong with the first that is.
void read_workloads(json::Reader& fields, std::vector<WorkloadEntry>& workloads);

}  // namespace pulsebench::config
