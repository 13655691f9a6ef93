#include "pulsebench/compare/exit_code.hpp"

#include <doctest/doctest.h>

#include <csignal>

#include "judged.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

ExitCode code_of(std::vector<Judged> benchmarks, bool strict = false, int signal = 0) {
  return exit_code_of(comparison(std::move(benchmarks)), strict, signal);
}

const Judged kSame = judged("same", Verdict::unchanged);
const Judged kSlower = judged("slower", Verdict::regressed);
const Judged kOpen = judged("open", Verdict::inconclusive);

Proof proof(bool broken) {
  Proof made{};
  made.broken = broken;
  return made;
}

Judged failed() {
  Judged made = judged("failed", Verdict::not_judged);
  made.failed = true;
  return made;
}

}  // namespace

TEST_CASE("a comparison exits with 1 where a regression gates, and with 0 where none does") {
  CHECK(code_of({kSame}) == 0);
  CHECK(code_of({kSame, kSlower}) == 1);
  Judged approved = kSlower;
  approved.approved = Approved{.reason = "", .by = "", .on = "", .until = "", .up_to = {}};
  CHECK(code_of({approved}) == 0);
  Judged ungated = kSlower;
  ungated.gates = false;
  CHECK(code_of({ungated}, true) == 0);
}

TEST_CASE("a comparison exits with 1 where a missing benchmark gates and is not allowed") {
  CHECK(code_of({kSame, gone("gone")}) == 1);
  Comparison allowed = comparison({kSame, gone("gone")});
  allowed.missing_allowed = true;
  CHECK(exit_code_of(allowed, true, 0) == 0);
}

TEST_CASE("a comparison exits with 3 where one failed, but a regression goes first") {
  CHECK(code_of({kSame, failed()}) == 3);
  CHECK(code_of({failed()}) == 3);
  CHECK(code_of({kSlower, failed()}) == 1);
}

TEST_CASE("a comparison that judged nothing exits with 4") {
  CHECK(code_of({}) == 4);
  CHECK(code_of({gone("gone")}) == 4);
  CHECK(code_of({judged("new", Verdict::not_judged)}, true) == 4);
}

TEST_CASE("an inconclusive benchmark exits with 5 when strict, unless it is oversubscribed") {
  CHECK(code_of({kOpen}) == 0);
  CHECK(code_of({kOpen}, true) == 5);
  Judged crowded = kOpen;
  crowded.oversubscribed = true;
  CHECK(code_of({crowded}, true) == 0);
}

TEST_CASE("a signal goes before what was found") {
  CHECK(code_of({kSlower}, false, SIGINT) == 130);
  CHECK(code_of({kSlower}, false, SIGTERM) == 143);
  CHECK(exit_code_of(document_of({}), true, SIGINT) == 130);
  CHECK(exit_code_of(NoiseReport{}, true, SIGTERM) == 143);
  CHECK(exit_code_of(proof(true), SIGINT) == 130);
}

TEST_CASE("a run exits with 3 where a benchmark was not measured") {
  CHECK(exit_code_of(document_of({result_of("a", {1.0})}), true, 0) == 0);
  auto skipped = result_of("a", {1.0});
  skipped.outcome.status = Status::skipped;
  CHECK(exit_code_of(document_of({skipped}), false, 0) == 3);
}

TEST_CASE("a run exits with 6 where a target is missed and targets are enforced") {
  auto slow = result_of("a", {10.0});
  slow.target = Cost{5};
  slow.interval = baseline::Interval{9, 11, 0.99};
  CHECK(exit_code_of(document_of({slow}), false, 0) == 0);
  CHECK(exit_code_of(document_of({slow}), true, 0) == 6);
  slow.oversubscribed = true;
  CHECK(exit_code_of(document_of({slow}), true, 0) == 0);
}

TEST_CASE("noise exits with 3 where one failed, and with 5 where a threshold is unsupported") {
  Noise fine{.info = {.id = *BenchmarkId::parse("a")}};
  fine.supported = true;
  Noise wide = fine;
  wide.supported = false;
  Noise broken = wide;
  broken.failed = true;
  CHECK(exit_code_of(NoiseReport{.benchmarks = {fine}}, true, 0) == 0);
  CHECK(exit_code_of(NoiseReport{.benchmarks = {fine, wide}}, false, 0) == 0);
  CHECK(exit_code_of(NoiseReport{.benchmarks = {fine, wide}}, true, 0) == 5);
  CHECK(exit_code_of(NoiseReport{.benchmarks = {wide, broken}}, true, 0) == 3);
}

TEST_CASE("what skips itself costs noise nothing, unless nothing else is there") {
  Noise fine{.info = {.id = *BenchmarkId::parse("a")}};
  fine.supported = true;
  const Noise skipped{.info = fine.info, .skipped = true};
  CHECK(exit_code_of(NoiseReport{.benchmarks = {fine, skipped}}, true, 0) == 0);
  CHECK(exit_code_of(NoiseReport{.benchmarks = {skipped}}, false, 0) == 3);
}

TEST_CASE("the self-proof exits with 3 where a benchmark fails with nothing injected") {
  CHECK(exit_code_of(proof(true), 0) == 3);
  CHECK(exit_code_of(proof(false), 0) == 0);
}
