#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// CPU numbers, ascending, each once.
using CpuList = std::vector<int>;

/// The largest CPU number understood; Linux is built for at most 8192 CPUs.
inline constexpr int kLastCpu = 8191;

/// Reads the kernel's list format, `0-2,5`; surrounding blanks are ignored and an empty text is an
/// empty list. `bad_input` for anything else, naming the text.
[[nodiscard]] Result<CpuList> parse_cpu_list(std::string_view text);

/// The shortest list that `parse_cpu_list` reads back: `0-2,5`; "" for none.
[[nodiscard]] std::string format_cpu_list(const CpuList& cpus);

[[nodiscard]] bool contains(const CpuList& cpus, int cpu);

/// The CPUs of `from` that are not in `taken`.
[[nodiscard]] CpuList without(const CpuList& from, const CpuList& taken);

/// The CPUs in both.
[[nodiscard]] CpuList common_to(const CpuList& a, const CpuList& b);

}  // namespace pulsebench::machine
