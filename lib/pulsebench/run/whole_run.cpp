#include "pulsebench/run/whole_run.hpp"

#include <chrono>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {

tl::expected<WholeRun, ProcessFailure> run_whole(const ProcessSpec& spec) {
  const auto start = std::chrono::steady_clock::now();
  PB_TRY(auto process, Process::start(spec));
  process.close_requests();
  WholeRun run;
  while (process.output_open() || process.events_open()) {
    PB_CHECK(process.wait_for_bytes());
    run.output += process.take_output();
    run.report += process.take_events();
  }
  run.exit_code = process.finish() ? 0 : process.exit_code();
  if (run.exit_code < 0) return tl::unexpected{process.exit_failure()};
  if (run.exit_code != 0) run.exit_failure = process.exit_failure();
  run.seconds = os::seconds_since(start);
  return run;
}

}  // namespace pulsebench::run
