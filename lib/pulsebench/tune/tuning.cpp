#include "pulsebench/tune/tuning.hpp"

#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/tune/set_knob.hpp"
#include "pulsebench/vocabulary/try.hpp"

#if defined(__APPLE__)
#include "pulsebench/tune/power_command.hpp"
#endif

namespace pulsebench::tune {
namespace fs = std::filesystem;
namespace {

/// Removes the steps of knobs that are set during a run only.
void drop_run_only_steps(std::vector<Knob>& knobs) {
  for (auto& knob : knobs) {
    if (knob.name != kPartition || knob.steps.empty()) continue;
    knob.steps.clear();
    knob.absent_because = "set during runs only";
  }
}

}  // namespace

TuneContext TuneContext::of(const machine::Roots& roots) {
#if defined(__APPLE__)
  return {roots, std::shared_ptr<SysIo>{pmset_settings(run_power_command)}, mac_knobs};
#else
  return {roots, std::shared_ptr<SysIo>{linux_settings(roots)}};
#endif
}

Tuning Tuning::begin(const TuneContext& context, const machine::Placement& placement, Until until) {
  Tuning tuning;
  tuning.io_ = context.io;
  tuning.latency_ = LatencyHold{context.roots};
  tuning.knobs_.push_back(tuning.latency_.report());
  const auto secured = tuning.secure(context);
  // After the recovery: a plan of a machine that is still tuned would lack settings.
  tuning.planned_ = context.plan(*context.io, placement);
  if (until == Until::restored) drop_run_only_steps(tuning.planned_);
  const auto& knobs = tuning.planned_;
  if (!secured) {
    const bool ours = ::access(context.folder().c_str(), W_OK) == 0;
    tuning.give_up(knobs, *context.io, ours ? KnobOutcome::not_asked : KnobOutcome::not_permitted,
                   secured.error().message);
    tuning.refused_because_ = secured.error().message;
    // Without permission there is no note at every run; the result has the reason.
    if (ours) tuning.notes_.push_back("not tuned: " + secured.error().message);
    static_cast<void>(tuning.put_back());
    return tuning;
  }
  tuning.set_all(knobs);
  return tuning;
}

Tuning Tuning::none(const TuneContext& context, const machine::Placement& placement) {
  Tuning tuning;
  if (const auto journal = read_journal(context.journal()); !journal || *journal) {
    if (const auto lock = TuneLock::take(context)) tuning.notes_ = recover(context, false).notes;
  }
  tuning.knobs_.push_back(tuning.latency_.report());
  tuning.io_ = context.io;
  tuning.planned_ = context.plan(*context.io, placement);
  tuning.give_up(tuning.planned_, *context.io, KnobOutcome::not_asked, "--no-tune");
  return tuning;
}

Tuning::~Tuning() { static_cast<void>(put_back()); }

/// Takes the lock, recovers, and starts journal and guardian: settings may be written only
/// afterwards.
Result<void> Tuning::secure(const TuneContext& context) {
  PB_TRY(auto lock, TuneLock::take(context));
  auto recovery = recover(context, false);
  if (recovery.kept) {
    return fail(ErrorCode::io,
                "'pulsebench tune apply' is active; undo it with: pulsebench tune restore");
  }
  if (recovery.pending) {
    return fail(ErrorCode::io,
                fmt::format("{}; see: pulsebench tune restore", fmt::join(recovery.notes, "; ")));
  }
  notes_ = std::move(recovery.notes);
  PB_TRY(const auto& boot_id, context.io->boot_id());
  PB_TRY(auto journal, Journal::create(context.journal(), boot_id));
  auto guardian = Guardian::start([&](int held) { recover_alone(context, os::Descriptor{held}); },
                                  journal.descriptor(), lock.descriptor());
  context_ = context;
  lock_.emplace(std::move(lock));
  journal_.emplace(std::move(journal));
  if (!guardian) return Failure{std::move(guardian).error()};
  guardian_.emplace(std::move(*guardian));
  return {};
}

void Tuning::set_all(const std::vector<Knob>& knobs) {
  // Read all originals first: setting one knob may change another.
  std::vector<std::vector<Result<std::string>>> originals;
  for (const auto& knob : knobs) {
    auto& contents = originals.emplace_back();
    for (const auto& step : knob.steps) contents.push_back(context_->io->read(step.path));
  }
  for (std::size_t i = 0; i < knobs.size(); ++i) {
    knobs_.push_back(set_knob(*context_->io, *journal_, knobs[i], originals[i]));
    if (knobs[i].name == kPartition) open_partition(knobs[i], knobs_.back());
  }
}

/// Removes a partition that benchmarks cannot join: it would keep them off the measuring CPU.
void Tuning::open_partition(const Knob& knob, KnobReport& report) {
  if (report.outcome != KnobOutcome::set && report.outcome != KnobOutcome::partly) return;
  for (const auto& step : knob.steps) {
    if (step.path.empty() || step.path.back() != '/') continue;
    const auto procs = context_->roots.top / fs::path{step.path}.relative_path() / "cgroup.procs";
    const int error = try_to_join(procs.string());
    if (error == 0) {
      partition_ = procs.string();
      return;
    }
    report.outcome = KnobOutcome::refused;
    report.reason =
        fmt::format("no process can join it: {}", std::generic_category().message(error));
    report.achieved.clear();
    static_cast<void>(context_->io->write(step.path, kGone));
  }
}

void Tuning::give_up(const std::vector<Knob>& knobs, const SysIo& io, KnobOutcome outcome,
                     const std::string& reason) {
  for (const auto& knob : knobs) {
    KnobReport report = untouched(io, knob);
    if (report.outcome == KnobOutcome::not_asked) {
      report.outcome = outcome;
      report.reason = reason;
    }
    knobs_.push_back(std::move(report));
  }
}

void Tuning::add_to(std::vector<StateFact>& facts) const {
  tune::add_to(facts, knobs_);
  for (const auto& knob : planned_) {
    const auto fact = std::find_if(facts.begin(), facts.end(),
                                   [&](const auto& known) { return known.name == knob.name; });
    if (fact != facts.end() && !knob.steps.empty()) {
      fact->after = shown_as(knob, contents_of(*io_, knob));
    }
  }
}

Recovery Tuning::put_back() {
  Recovery recovery;
  if (journal_) recovery = tune::put_back(*context_, *journal_);
  journal_.reset();
  guardian_.reset();
  lock_.reset();
  latency_.release();
  return recovery;
}

Result<void> Tuning::keep() {
  if (!journal_) {
    return fail(ErrorCode::io,
                refused_because_.empty() ? "no setting was changed" : refused_because_);
  }
  if (auto noted = journal_->note_kept(); !noted) {
    const auto recovery = put_back();
    if (!recovery.pending) return noted;
    return fail(ErrorCode::io,
                fmt::format("{}; {}", noted.error().message, fmt::join(recovery.notes, "; ")));
  }
  journal_.reset();
  guardian_.reset();
  lock_.reset();
  latency_.release();
  knobs_.front().outcome = KnobOutcome::not_asked;
  knobs_.front().achieved = knobs_.front().original;
  knobs_.front().reason = "set during runs only";
  return {};
}

std::vector<KnobReport> tune_show(const TuneContext& context, const machine::Placement& placement) {
  std::vector<KnobReport> reports;
  for (const auto& knob : context.plan(*context.io, placement)) {
    reports.push_back(untouched(*context.io, knob));
  }
  return reports;
}

}  // namespace pulsebench::tune
