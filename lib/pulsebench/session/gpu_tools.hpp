#pragma once

#include "pulsebench/profile/gpu_tool_report.hpp"
#include "pulsebench/session/gpu_profile.hpp"

namespace pulsebench::session {

/// Runs one benchmark under a tool of NVIDIA, whose report is kept below `.pulsebench/profiles`;
/// of nsys, its kernels are read. `not_found` where the tool is not installed, `child_failed` where
/// the benchmark does not run under it or no report comes of it.
[[nodiscard]] Result<profile::GpuToolReport> profile_gpu_with(const Session& session,
                                                              const GpuRequest& request,
                                                              profile::GpuTool tool);

}  // namespace pulsebench::session
