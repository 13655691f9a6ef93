#include "pulsebench/session/profile_against.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/session/paired_measurement.hpp"
#include "pulsebench/session/sampled_launches.hpp"
#include "pulsebench/session/side_binaries.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr double kMostSeconds = 30.0;
constexpr double kBlockSeconds = 0.19;  // of measuring, a side
constexpr int kLeastBlocks = 6;  // with fewer the tests of functions are not what they promise
constexpr std::size_t kFirstLook = 8;     // blocks; then at twice as many, and so on
constexpr double kEnoughExplained = 0.8;  // of the operation's change
/// An early look may end the measurement, so it is stricter than the last one: the looks together
/// stay near the last one's false discovery rate.
constexpr double kEarlyRate = 0.01;
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

class BlockSampling {
 public:
  BlockSampling(SampledLaunches& sampled, run::Source old_source, run::Source new_source,
                std::string id, ProfileComparison& result)
      : sampled_(sampled),
        old_source_(std::move(old_source)),
        new_source_(std::move(new_source)),
        id_(std::move(id)),
        result_(result) {}

  /// One batch for both sides, so that their slices hold the same operations.
  Result<void> calibrate() {
    PB_TRY(batching_, sampled_.calibrate(new_source_, id_));
    return {};
  }

  Result<void> add_block(int number) {
    const bool new_first = (bits_() & 1U) != 0;
    for (const bool first : {true, false}) {
      const bool is_new = first == new_first;
      auto& side = is_new ? result_.new_side : result_.old_side;
      PB_CHECK(sampled_.add(is_new ? new_source_ : old_source_, id_, batching_, number, side));
    }
    return {};
  }

 private:
  SampledLaunches& sampled_;
  run::Source old_source_, new_source_;
  std::string id_;
  ProfileComparison& result_;
  Batching batching_{};
  std::mt19937_64 bits_{std::random_device{}()};
};

/// A block counts as a whole: where it was interrupted, neither side has it.
void drop_half_block(ProfileComparison& result) {
  const std::size_t whole =
      std::min(result.old_side.launches.size(), result.new_side.launches.size());
  result.old_side.launches.resize(whole);
  result.new_side.launches.resize(whole);
}

bool is_explained(const ProfileComparison& result, profile::SpotsBy by) {
  const auto change = profile::change_of(result.old_side, result.new_side, by, kEarlyRate);
  return change.operation.p <= kEarlyRate && change.explained >= kEnoughExplained;
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
  run::Launcher launcher{plan::Occasion::launch, session.workspace.config.sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  PB_TRY(auto sampled,
         SampledLaunches::make(
             launcher, {.cpus = machine.cpus().thread_cpus,
                        .launch_seconds = kBlockSeconds,
                        .rate = request.rate,
                        .by_timer = request.by_timer || !permits_rate(session, request.rate)}));
  BlockSampling sampling{sampled, old_source, subject.sides.front(), id.text(), result};
  PB_CHECK(sampling.calibrate());
  const double budget = request.seconds.value_or(kMostSeconds);
  const auto start = std::chrono::steady_clock::now();
  const auto progress = session.progress("seconds");
  std::size_t next_look = kFirstLook;
  for (int number = 0; machine.interrupt().signal() == 0; ++number) {
    const double passed = os::seconds_since(start);
    if (number >= kLeastBlocks && passed >= budget) break;
    progress({static_cast<std::size_t>(passed), static_cast<std::size_t>(budget), id.text()});
    auto added = sampling.add_block(number);
    if (machine.interrupt().signal() != 0) break;
    if (!added) return tl::unexpected{std::move(added).error()};
    if (result.new_side.launches.size() != next_look) continue;
    if (is_explained(result, by)) break;
    next_look *= 2;
  }
  drop_half_block(result);
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
