#pragma once

#include <string_view>

#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::wire {

/// The repetitions of one benchmark in what Google Benchmark writes with
/// `--benchmark_out_format=json` (1.7.1 and newer), as slices of a visit: wall and CPU time of an
/// operation, without disturbances, which it does not see; and the bytes and items of an operation,
/// from the rates that it prints. Where there are only aggregates, their median is the one slice.
/// Counters and labels are not needed, and may be of any value and any bytes. `nothing_measured`
/// with its words where the benchmark reported an error or was skipped; `child_failed` where the
/// text is not JSON (a crash cuts it), where it holds another number of benchmarks than one (two of
/// one name differ in `family_index`), and where a time is no time.
[[nodiscard]] Result<Visit> decode_google_benchmark(std::string_view json);

}  // namespace pulsebench::wire
