#include "pulsebench/run/paired_run.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/plan/plan.hpp"

namespace pulsebench::run {
namespace {

using Clock = std::chrono::steady_clock;
using Begun = tl::expected<Launch, ProcessFailure>;

class PairedEngine {
 public:
  PairedEngine(std::vector<Subject> subjects, const PairedRunSettings& settings,
               const Interrupt& interrupt, const Judge& judge,
               const std::function<void(const Progress&)>& progress)
      : subjects_(std::move(subjects)),
        settings_(settings),
        interrupt_(interrupt),
        judge_(judge),
        report_(progress),
        launcher_(plan::Occasion::block, settings.sampling, settings.cpus,
                  settings.process_settings, interrupt),
        start_(Clock::now()),
        progress_{.done = 0, .total = subjects_.size(), .current = {}},
        result_{.subjects = {}} {
    const std::size_t cpus = settings.cpus.thread_cpus.size();
    for (const Subject& subject : subjects_) {
      result_.subjects.push_back({.old_side = not_yet_measured(subject, 0, cpus),
                                  .new_side = not_yet_measured(subject, 1, cpus)});
    }
  }

  PairedRun run() {
    for (std::size_t i = 0; i < subjects_.size() && !stopped(); ++i) find_batch(i);
    for (int block = 0; block < settings_.effort.most_blocks && !stopped(); ++block)
      take_round(block);
    for (std::size_t i = 0; i < subjects_.size(); ++i) complete(result_.subjects[i]);
    result_.aslr_off = launcher_.aslr_off();
    result_.interrupted_by = interrupt_.signal();
    result_.seconds = os::seconds_since(start_);
    return std::move(result_);
  }

 private:
  /// Sets the batch of both sides: from an earlier run, or calibrated on the old side.
  void find_batch(std::size_t i) {
    Subject& subject = subjects_[i];
    if (subject.batching) {
      subject.batching =
          plan::for_a_block(*subject.batching, settings_.sampling, subject.info.threads);
    } else {
      calibrate(i);
    }
    if (!subject.batching) return;
    for (const Source& side : subject.sides) {
      subject.batching = plan::with_whole_injection(*subject.batching, side.inject_percent,
                                                    settings_.sampling.min_slices);
    }
  }

  void calibrate(std::size_t i) {
    Subject& subject = subjects_[i];
    announce("calibrating " + subject.info.id.text());
    const auto began = Clock::now();
    const auto calibration = launcher_.calibrate(subject.sides[0], name_of(i, 0));
    result_.subjects[i].seconds += os::seconds_since(began);
    if (!calibration) return fail_calibration(i, calibration.error());
    subject.batching = calibration->batching;
    if (name_of(i, 0) != name_of(i, 1)) fit_slower(i);
  }

  /// Two benchmarks may differ by any factor: the slower one decides, so that its visits end in
  /// time.
  void fit_slower(std::size_t i) {
    Subject& subject = subjects_[i];
    const auto other = launcher_.calibrate(subject.sides[1], name_of(i, 1));
    if (!other) {
      subject.batching.reset();
      return fail(result_.subjects[i].new_side, other.error());
    }
    if (other->batching.operations < subject.batching->operations) {
      subject.batching = other->batching;
    }
  }

  /// A benchmark that the old side skips may be skipped by both.
  void fail_calibration(std::size_t i, const ProcessFailure& failure) {
    fail(result_.subjects[i].old_side, failure);
    if (failure.status != Status::skipped) return;
    const Subject& subject = subjects_[i];
    const auto other = launcher_.calibrate(subject.sides[1], name_of(i, 1));
    if (!other) fail(result_.subjects[i].new_side, other.error());
  }

  /// Takes one block of every open subject, in a new random order.
  void take_round(int block) {
    const std::vector<int> once(subjects_.size(), 1);
    const auto order = plan::make_plan(once, 2, settings_.seed + static_cast<std::uint64_t>(block));
    for (std::size_t at = 0; at < order.size() && !stopped(); at += 2) {
      const std::size_t i = order[at].subject;
      if (!open(result_.subjects[i])) continue;
      announce(subjects_[i].info.id.text());
      const auto began = Clock::now();
      take_block(i, block, {order[at].side, order[at + 1].side});
      result_.subjects[i].seconds += os::seconds_since(began);
      if (!open(result_.subjects[i])) ++progress_.done;
    }
  }

  /// Starts both processes at once on two CPUs, and measures them one after the other on one CPU.
  void take_block(std::size_t i, int block, std::pair<std::size_t, std::size_t> order) {
    PairedResult& paired = result_.subjects[i];
    auto first = begin(i, order.first, block, /*aside=*/false);
    auto second = begin(i, order.second, block, /*aside=*/true);
    if (!await_start(i, order.first, first) || !await_start(i, order.second, second)) return;
    const bool has_first = take_visit(i, order.first, *std::move(first));
    const bool skipped = measured(i, order.first).outcome.status == Status::skipped;
    if (!has_first && !skipped) return;  // what one side skips, the other may skip too
    if (!take_visit(i, order.second, *std::move(second)) || !has_first) return;
    ++paired.blocks;
    paired.settled = judge_(i, paired.old_side.visits.back(), paired.new_side.visits.back(),
                            settings_.effort.spent(paired.blocks, paired.seconds));
  }

  Begun begin(std::size_t i, std::size_t side, int block, bool aside) {
    return launcher_.begin(subjects_[i].sides[side], block, aside);
  }

  bool await_start(std::size_t i, std::size_t side, Begun& begun) {
    const auto started = begun ? launcher_.await_start(*begun) : tl::unexpected{begun.error()};
    if (!started) fail(measured(i, side), started.error());
    return started.has_value();
  }

  bool take_visit(std::size_t i, std::size_t side, Launch launch) {
    const Subject& subject = subjects_[i];
    auto visit = launcher_.visit(std::move(launch), name_of(i, side), *subject.batching);
    measured(i, side).batching = *subject.batching;
    if (!visit) {
      fail(measured(i, side), visit.error());
      return false;
    }
    measured(i, side).visits.push_back(*std::move(visit));
    return true;
  }

  /// The name by which the program of a side knows the benchmark.
  [[nodiscard]] const std::string& name_of(std::size_t i, std::size_t side) const {
    const std::string& name = subjects_[i].sides[side].native_name;
    return name.empty() ? subjects_[i].info.id.text() : name;
  }

  Measured& measured(std::size_t i, std::size_t side) {
    return side == 0 ? result_.subjects[i].old_side : result_.subjects[i].new_side;
  }

  static void fail(Measured& measured, const ProcessFailure& failure) {
    if (failure.status == Status::not_measured) return;  // interrupted: not a failure
    measured.outcome = {failure.status, failure.reason};
  }

  [[nodiscard]] static bool open(const PairedResult& paired) {
    return !paired.settled && paired.old_side.outcome.status == Status::ok &&
           paired.new_side.outcome.status == Status::ok;
  }

  /// Removes a block that only one side completed, and gives subjects without blocks a reason.
  static void complete(PairedResult& paired) {
    const auto whole = static_cast<std::size_t>(paired.blocks);
    for (Measured* side : {&paired.old_side, &paired.new_side}) {
      if (side->visits.size() > whole) side->visits.resize(whole);
      if (side->outcome.status == Status::ok && side->visits.empty()) {
        side->outcome = {Status::not_measured, "no block was measured on both sides"};
      }
    }
  }

  [[nodiscard]] bool stopped() const {
    const bool out_of_time =
        settings_.budget_seconds && os::seconds_since(start_) >= *settings_.budget_seconds;
    return out_of_time || interrupt_.signal() != 0;
  }

  void announce(const std::string& current) {
    progress_.current = current;
    if (report_) report_(progress_);
  }

  std::vector<Subject> subjects_;
  const PairedRunSettings& settings_;
  const Interrupt& interrupt_;
  const Judge& judge_;
  const std::function<void(const Progress&)>& report_;
  Launcher launcher_;
  Clock::time_point start_;
  Progress progress_;
  PairedRun result_;
};

}  // namespace

PairedRun run_paired(std::vector<Subject> subjects, const PairedRunSettings& settings,
                     const Interrupt& interrupt, const Judge& judge,
                     const std::function<void(const Progress&)>& progress) {
  assert(std::all_of(subjects.begin(), subjects.end(),
                     [](const Subject& subject) { return subject.sides.size() == 2; }));
  return PairedEngine{std::move(subjects), settings, interrupt, judge, progress}.run();
}

}  // namespace pulsebench::run
