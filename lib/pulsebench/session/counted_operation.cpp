#include "pulsebench/session/counted_operation.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "pulsebench/profile/callgrind_profile.hpp"
#include "pulsebench/run/callgrind.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr std::chrono::seconds kLimit{10};  // of a process: usually it takes half a second

Failure cannot(const std::string& id, const std::string& reason) {
  return fail(ErrorCode::nothing_measured, id + ": " + reason);
}

/// The cost of an operation in one visit.
Result<double> measure_ns(run::Launcher& launcher, const OneBenchmark& benchmark,
                          Batching& batching) {
  const auto& [info, source] = benchmark;
  const std::string& id = info.id.text();
  const auto calibration = launcher.calibrate(source, id);
  if (!calibration) return cannot(id, calibration.error().reason);
  batching = calibration->batching;
  const auto visit = launcher.visit(source, id, batching, /*number=*/0);
  if (!visit) return cannot(id, visit.error().reason);
  std::vector<double> costs;
  // On a machine that is not tuned the wall time may be that of others.
  for (const Slice& slice : visit->slices) {
    costs.push_back(slice.cpu_ns_per_op > 0.0 ? std::min(slice.ns_per_op, slice.cpu_ns_per_op)
                                              : slice.ns_per_op);
  }
  if (costs.empty()) return cannot(id, "it has no slices");
  std::ranges::sort(costs);
  return stats::quantile(costs, 0.25);
}

}  // namespace

tl::expected<profile::OperationProfile, std::string> count_operation(
    run::Launcher& launcher, const run::Source& source, const BenchmarkId& id,
    std::uint64_t operations, std::vector<std::string> arguments) {
  const std::string& name = source.native_name.empty() ? id.text() : source.native_name;
  arguments.emplace_back("--dump-instr=yes");
  PB_TRY(const auto dumps,
         run::dump_operations(launcher, source, name, operations,
                              {.arguments = std::move(arguments), .limit = kLimit}));
  const auto few = profile::read_callgrind_profile(dumps.few);
  const auto more = profile::read_callgrind_profile(dumps.more);
  if (!few || !more) return run::NoDumps{(few ? more : few).error().message};
  return profile::profile_of_operation(*few, *more, dumps.operations);
}

Result<CountedBenchmark> count_benchmark(const Session& session, const CountRequest& request,
                                         std::vector<std::string> arguments) {
  if (run::find_valgrind().empty()) {
    return fail(ErrorCode::nothing_measured,
                "valgrind is not installed, which counts instructions (Debian package valgrind)");
  }
  PB_TRY(const OneBenchmark benchmark,
         find_one_benchmark(session, request.benchmark, request.executables, request.options));
  PB_TRY(const auto placement, place(session.environment.machine, request.cpus));
  const TunedMachine machine{session, placement, /*no_tune=*/true};
  run::Launcher launcher{plan::Occasion::launch, session.workspace.config.sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  Batching batching;
  PB_TRY(const double ns_per_op, measure_ns(launcher, benchmark, batching));
  auto counted = count_operation(launcher, benchmark.source, benchmark.info.id,
                                 run::operations_to_count(batching), std::move(arguments));
  if (!counted) return cannot(benchmark.info.id.text(), counted.error());
  return CountedBenchmark{
      .info = benchmark.info, .ns_per_op = ns_per_op, .profile = *std::move(counted)};
}

}  // namespace pulsebench::session
