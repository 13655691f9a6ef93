#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// CPU numbers, ascending, each once.
using CpuList = std::vector<int>;

/// Largest supported CPU number; Linux supports at most 8192 CPUs.
inline constexpr int kLastCpu = 8191;

/// Parses the kernel's list format, `0-2,5`. Surrounding blanks are ignored, and an empty text is
/// an empty list. `bad_input`, with the text, for other input.
[[nodiscard]] Result<CpuList> parse_cpu_list(std::string_view text);

/// Shortest text that `parse_cpu_list` reads as the same list: `0-2,5`; "" for an empty list.
[[nodiscard]] std::string format_cpu_list(const CpuList& cpus);

[[nodiscard]] bool contains(const CpuList& cpus, int cpu);

/// CPUs of `from` that are not in `taken`.
[[nodiscard]] CpuList without(const CpuList& from, const CpuList& taken);

/// CPUs in both lists.
[[nodiscard]] CpuList common_to(const CpuList& a, const CpuList& b);

}  // namespace pulsebench::machine
