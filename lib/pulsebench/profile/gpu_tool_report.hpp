#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/profile/nsys_csv.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::profile {

/// A tool of NVIDIA that watches a benchmark's kernels.
enum class GpuTool { nsys, ncu };

/// What it left behind.
struct GpuToolReport {
  std::string benchmark;
  GpuTool tool = GpuTool::nsys;
  std::filesystem::path file;      ///< for the tool's own viewer
  std::vector<GpuKernel> kernels;  ///< nsys alone
};

}  // namespace pulsebench::profile

namespace pulsebench {

template <>
inline constexpr std::array<Named<profile::GpuTool>, 2> kNames<profile::GpuTool>{
    {{profile::GpuTool::nsys, "nsys"}, {profile::GpuTool::ncu, "ncu"}}};

}  // namespace pulsebench
