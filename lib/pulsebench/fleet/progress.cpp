#include <chrono>

#include "pulsebench/fleet/collect.hpp"
#include "pulsebench/fleet/slurm.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace {

constexpr std::chrono::seconds kBetween{1};
constexpr int kMostErrors = 60;  // a controller that is started again answers within a minute

}  // namespace

Result<Progress> progress_of(const RunFolder& run, const Plan& plan) {
  Progress progress{.benchmarks = plan.benchmarks.size()};
  // In this order: a task that leaves the queue between the two has stored what it measured.
  if (const auto slurm = Slurm::find()) {
    PB_TRY(const Jobs jobs, run.jobs());
    PB_TRY(progress.queued, slurm->queue(jobs));
  }
  PB_TRY(const auto measured, run.measured());
  for (std::size_t i = 0; i < plan.benchmarks.size(); ++i) {
    if (measured.contains(i)) {
      ++progress.measured;
    } else {
      ++progress.open[plan.benchmarks[i].shard];
    }
  }
  for (const auto& [shard, unused] : progress.open) {
    PB_TRY(auto task, run.task(shard));
    if (task) progress.ended.emplace(shard, *std::move(task));
  }
  return progress;
}

Result<Progress> wait_for(const RunFolder& run, const Plan& plan, const Waiting& waiting) {
  const run::Interrupt interrupt;
  for (int errors = 0;;) {
    auto progress = progress_of(run, plan);
    errors = progress ? 0 : errors + 1;
    if (errors > kMostErrors || (progress && progress->at_its_end())) return progress;
    if (progress && waiting.on_progress) waiting.on_progress(*progress);
    if (const int signal = interrupt.wait(kBetween); signal != 0) {
      return fail(error_code_of_signal(signal),
                  "stopped waiting; the run goes on, and pulsebench fleet collect shows it");
    }
  }
}

}  // namespace pulsebench::fleet
