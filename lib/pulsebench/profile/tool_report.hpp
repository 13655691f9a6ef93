#pragma once

#include <array>
#include <string>
#include <vector>

#include "pulsebench/profile/tool_finding.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::profile {

/// Another tool that watches a benchmark's memory.
enum class MemoryTool { massif, dhat, memcheck, heaptrack };

/// What it says of one benchmark.
struct ToolReport {
  std::string benchmark;
  MemoryTool tool = MemoryTool::memcheck;
  double operations = 0.0;  ///< above 0: the findings are per operation; else of the whole process
  std::vector<ToolFinding> findings;    ///< the most important first
  std::vector<double> heap_bytes = {};  ///< massif's, over the time of the process
  double peak_bytes = 0.0;
};

}  // namespace pulsebench::profile

namespace pulsebench {

template <>
inline constexpr std::array<Named<profile::MemoryTool>, 4> kNames<profile::MemoryTool>{
    {{profile::MemoryTool::massif, "massif"},
     {profile::MemoryTool::dhat, "dhat"},
     {profile::MemoryTool::memcheck, "memcheck"},
     {profile::MemoryTool::heaptrack, "heaptrack"}}};

}  // namespace pulsebench
