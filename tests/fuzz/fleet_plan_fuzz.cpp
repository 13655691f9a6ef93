#include <string>

#include "claims.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/slurm_text.hpp"

// The plan of a fleet: it comes through a folder that many machines write to. What is read has a
// place for every benchmark and a program for every side, and means the same when it is written.

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto plan = fleet::read_plan(fuzz::text_of(data, size), "plan.json");
  if (!plan) return fuzz::require_clear_line(plan.error()), 0;
  std::size_t placed = 0;
  for (const auto& shard : fleet::shards_of(*plan)) placed += shard.size();
  fuzz::require(placed == plan->benchmarks.size(), "every benchmark is in one shard");
  for (const fleet::PlannedBenchmark& benchmark : plan->benchmarks) {
    fuzz::require(benchmark.old_side.program < plan->programs.size(), "the old side has a program");
    fuzz::require(benchmark.new_side.program < plan->programs.size(), "the new side has a program");
  }
  fuzz::require(static_cast<std::size_t>(plan->family) >= plan->benchmarks.size(),
                "no part is judged by less than the whole");
  const std::string script = fleet::task_script(plan->tool);
  fuzz::require(script.find_first_of("$`;&|<>'\"*?\\") == std::string::npos,
                "the script has nothing that a shell would expand");
  const std::string written = fleet::plan_text(*plan);
  const auto again = fleet::read_plan(written, "again.json");
  fuzz::require(again.has_value(), "what is written is read");
  fuzz::require(fleet::plan_text(*again) == written, "and means the same");
  return 0;
}
