#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/render/page.hpp"

/// What a result says beside the cost of each benchmark: a table each, with a row for each
/// benchmark that has something to say. Without a row there is no group. Pure.
namespace pulsebench::report {

/// How long single operations took, where they were timed one by one: quantiles and the longest.
[[nodiscard]] render::Table latency_table(const baseline::Document& document);

/// Bytes and items per second, all threads together, where the benchmark says how many an operation
/// processes. It follows from the cost, and so does its interval.
[[nodiscard]] render::Table throughput_table(const baseline::Document& document);

/// How costs grow with the size of the input: the fitted cost, its error, and the sizes.
[[nodiscard]] render::Table complexity_table(const baseline::Document& document);

/// What operations take from the heap, and how much they may.
[[nodiscard]] render::Table allocations_table(const baseline::Document& document);

/// What more threads cost: a row for each benchmark, a column for each number of threads, and how
/// evenly the threads had their turns, at the most threads that had a CPU each.
[[nodiscard]] render::Table scaling_table(const baseline::Document& document);

/// Whether the result is one of several that differ by their number of threads alone, and so has
/// its place in the scaling table.
[[nodiscard]] bool is_scaled(const baseline::BenchmarkResult& result,
                             const baseline::Document& document);

/// All of them that have a row.
[[nodiscard]] std::vector<render::Table> run_tables(const baseline::Document& document);

/// "99 % interval"; empty where no result has one.
[[nodiscard]] std::string interval_name(const baseline::Document& document);

}  // namespace pulsebench::report
