#include "pulsebench/session/profile_against.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/sampled_blocks.hpp"
#include "pulsebench/session/sampled_launches.hpp"
#include "pulsebench/session/side_binaries.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr double kMostSeconds = 30.0;
constexpr double kSignificant = 0.05;

/// The benchmark in the program that a stored result was measured with, if that was kept.
Result<run::Source> find_in_baseline(const std::string& name, const BenchmarkId& id,
                                     const Session& session, SideBinaries& binaries) {
  PB_TRY(const auto document, session.workspace.store.load(name));
  const auto results = by_id(document);
  const auto found = results.find(id);
  if (found == results.end()) {
    return fail(ErrorCode::not_comparable,
                fmt::format("baseline '{}' has no benchmark '{}'", printable(name), id.text()));
  }
  return binaries.source_of(document, *found->second, id);
}

Result<run::Source> find_in_side(const std::string& text, const BenchmarkId& id,
                                 const run::ProgramOptions& options, const Session& session) {
  PB_TRY(const auto side, open_side(text, options, session));
  for (const run::Suite& suite : side.suites) {
    for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
      if (suite.benchmarks[i].id == id) return run::source_of(suite, i);
    }
  }
  return fail(ErrorCode::not_comparable,
              fmt::format("'{}' has no benchmark '{}'", printable(text), id.text()));
}

/// What `ab` takes comes first: a branch and a baseline may both be called main.
Result<run::Source> find_old(const std::string& text, const BenchmarkId& id,
                             const run::ProgramOptions& options, const Session& session,
                             SideBinaries& binaries) {
  auto source = find_in_side(text, id, options, session);
  if (source) return source;
  const auto names = session.workspace.store.names();
  const bool is_baseline = names && std::find(names->begin(), names->end(), text) != names->end();
  return is_baseline ? find_in_baseline(text, id, session, binaries) : std::move(source);
}

}  // namespace

bool ProfileComparison::regressed() const {
  const profile::CostChange& operation = change.operation;
  const double threshold = gate.threshold.value / 100.0 * operation.before.value;
  return operation.p <= kSignificant && operation.change.value > threshold;
}

Result<ProfileComparison> profile_against(const Session& session, const ProfileCpuRequest& request,
                                          const std::string& old_side, profile::SpotsBy by) {
  PB_TRY(const auto placement, place(session.environment.machine, request.cpus));
  PB_TRY(const auto subject, find_profiled(session, request));
  if (subject.sides.front().workload) {
    return fail(ErrorCode::bad_input,
                fmt::format("'{}' is a workload, of which no two profiles are compared; "
                            "pulsebench ab compares its figures, and profile cpu without "
                            "--against shows where its time goes",
                            printable(request.benchmark)));
  }
  const BenchmarkId& id = subject.info.id;
  SideBinaries binaries{session};
  PB_TRY(const run::Source old_source, find_old(old_side, id, request.options, session, binaries));
  ProfileComparison result{.old_name = old_side,
                           .new_name = subject.suite,
                           .old_side = {.benchmark = id.text()},
                           .new_side = {.benchmark = id.text()},
                           .change = {},
                           .gate = gates_of(session, {subject}, session.workspace.config).front()};
  const TunedMachine machine{session, placement, request.no_tune};
  const auto sampling =
      sampling_for(subject.sides.front(), kBlockSeconds, session.workspace.config.sampling);
  run::Launcher launcher{plan::Occasion::launch, sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  const SampledSides sides{.old_source = old_source,
                           .new_source = subject.sides.front(),
                           .id = id,
                           .by = by,
                           .seconds = request.seconds.value_or(kMostSeconds),
                           .rate = request.rate,
                           .by_timer = request.by_timer,
                           .cpus = machine.cpus().thread_cpus};
  PB_CHECK(sample_blocks(session, launcher, machine.interrupt(), sides, result.old_side,
                         result.new_side));
  result.interrupted_by = machine.interrupt().signal();
  for (const profile::CpuProfile* side : {&result.old_side, &result.new_side}) {
    if (side->launches.size() >= 2) PB_CHECK(check_samples(*side));
  }
  if (result.new_side.launches.size() < 2) {
    return fail(ErrorCode::nothing_measured, "fewer than two blocks were measured");
  }
  result.change = profile::change_of(result.old_side, result.new_side, by);
  return result;
}

}  // namespace pulsebench::session
