#include "pulsebench/run/nanobench.hpp"

#include <algorithm>
#include <utility>

#include "pulsebench/run/whole_run.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/nanobench_report.hpp"

namespace pulsebench::run {
namespace {

/// A line of the table that nanobench prints unless it is told otherwise.
bool has_table(const std::string& text) {
  return text.find("ns/op |") != std::string::npos && text.find("err% |") != std::string::npos;
}

}  // namespace

Listed list_nanobench(const ProcessSpec& spec) {
  PB_TRY(const WholeRun run, run_whole(spec));
  if (run.exit_code != 0) return std::nullopt;
  if (!wire::looks_like_nanobench(run.output)) {
    if (!has_table(run.output)) return std::nullopt;
    return failed(
        "it prints nanobench's table, whose figures are rounded; have it render "
        "ankerl::nanobench::templates::json() to stdout");
  }
  const auto found = wire::decode_nanobench(run.output);
  if (!found) return failed(found.error().message);
  std::vector<NamedBenchmark> benchmarks;
  for (const wire::NanobenchResult& result : *found) {
    benchmarks.push_back({.id = result.id, .native_name = result.id});
  }
  return benchmarks;
}

tl::expected<Visit, ProcessFailure> nanobench_visit(const ProcessSpec& spec,
                                                    const std::string& native_name) {
  PB_TRY(const WholeRun run, run_whole(spec));
  if (run.exit_code != 0) return tl::unexpected{run.exit_failure};
  auto found = wire::decode_nanobench(run.output);
  if (!found) return failed(found.error().message);
  const auto result = std::ranges::find(*found, native_name, &wire::NanobenchResult::id);
  if (result == found->end()) return failed("its report does not have the benchmark");
  return Visit{.operations = 1, .slices = std::move(result->epochs), .seconds = run.seconds};
}

}  // namespace pulsebench::run
