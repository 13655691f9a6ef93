#include "pulsebench/session/explanation.hpp"
#include "pulsebench/session/timed_regressions.hpp"

// Valgrind counts instructions on Linux alone, and the kernel of Linux samples.
namespace pulsebench::session {

void explain_regressions(compare::Comparison& comparison, const Explained& which, const SidesOf&,
                         const Session&) {
  if (!which.asked) return;
  for (compare::Judged& judged : comparison.benchmarks) {
    if (judged.verdict != compare::Verdict::regressed || judged.info.metric) continue;
    judged.explanation = Explanation{.reason = "there is no valgrind on Windows"};
  }
}

void time_regressions(compare::Comparison&, const SidesOf&, const PairedPlan&, const Session&) {}

}  // namespace pulsebench::session
