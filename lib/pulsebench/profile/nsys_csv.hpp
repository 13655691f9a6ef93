#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// A kernel that ran on a GPU, all its runs together.
struct GpuKernel {
  std::string name;
  double percent = 0.0;  ///< of the time of all kernels
  double total_ns = 0.0;
  unsigned long long runs = 0;
};

/// Reads the kernels that `nsys stats --report cuda_gpu_kern_sum --format csv` prints, in its
/// order. Lines before the header are its own words. `bad_input` where a row is malformed; a text
/// without a header has no kernels.
[[nodiscard]] Result<std::vector<GpuKernel>> read_nsys_kernels(std::string_view csv);

}  // namespace pulsebench::profile
