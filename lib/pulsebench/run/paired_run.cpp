#include "pulsebench/run/paired_run.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/plan/plan.hpp"
#include "pulsebench/run/load_driver.hpp"
#include "pulsebench/run/paired_advance.hpp"
#include "pulsebench/run/report_program.hpp"

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
        groups_(launch_groups(subjects_)),
        start_(Clock::now()),
        progress_{.done = 0, .total = subjects_.size(), .current = {}},
        advance_(subjects_.size()),
        result_{.subjects = {}} {
    const std::size_t cpus = settings.cpus.thread_cpus.size();
    for (Subject& subject : subjects_) {
      subject.sides[1].side = 1;
      result_.subjects.push_back({.old_side = not_yet_measured(subject, 0, cpus),
                                  .new_side = not_yet_measured(subject, 1, cpus)});
    }
  }

  PairedRun run() {
    for (const Group& group : groups_) {
      if (stopped()) break;
      find_batch(group);
      for (const std::size_t i : group) note_advance(i);
    }
    for (int block = 0; block < settings_.effort.most_blocks && !stopped(); ++block)
      take_round(block);
    for (std::size_t i = 0; i < subjects_.size(); ++i) complete(result_.subjects[i]);
    result_.granted = launcher_.granted();
    result_.interrupted_by = interrupt_.signal();
    result_.seconds = os::seconds_since(start_);
    return std::move(result_);
  }

 private:
  using Group = std::vector<std::size_t>;  ///< the subjects that one launch measures

  /// One of a workload stands for all.
  void find_batch(const Group& group) {
    find_batch(group.front());
    const PairedResult& found = result_.subjects[group.front()];
    for (const std::size_t i : group) {
      subjects_[i].batching = subjects_[group.front()].batching;
      if (i == group.front()) continue;
      result_.subjects[i].old_side.outcome = found.old_side.outcome;
      result_.subjects[i].new_side.outcome = found.new_side.outcome;
      result_.subjects[i].seconds = found.seconds;
    }
  }

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

  /// On the old side, and on both where one does not stand for the other: a foreign program may
  /// need repetitions that the other side does not, and two benchmarks of other names may differ by
  /// any factor. What skips on the old side may skip on both.
  void calibrate(std::size_t i) {
    Subject& subject = subjects_[i];
    announce("calibrating " + subject.info.id.text());
    const auto began = Clock::now();
    auto batching = calibrate(i, 0);
    const bool skipped = result_.subjects[i].old_side.outcome.status == Status::skipped;
    if (skipped || (batching && !stands_for_both(i))) {
      const auto other = calibrate(i, 1, batching ? batching->min_time : 0.0);
      batching = batching && other ? std::optional{fitting_both(*batching, *other)} : std::nullopt;
    }
    subject.batching = batching;
    result_.subjects[i].seconds += os::seconds_since(began);
  }

  [[nodiscard]] bool stands_for_both(std::size_t i) const {
    const Source& old_side = subjects_[i].sides[0];
    const Source& new_side = subjects_[i].sides[1];
    const bool same_code =
        new_side.driver != Driver::foreign || new_side.executable == old_side.executable;
    return same_code && name_of(i, 0) == name_of(i, 1);
  }

  /// The slower side decides, so that its visits end in time; of a foreign program, which finds the
  /// operations itself, the longer repetitions.
  static Batching fitting_both(const Batching& one, const Batching& other) {
    if (one.min_time > 0.0) {
      return {.operations = one.operations,
              .slices = std::min(one.slices, other.slices),
              .min_time = std::max(one.min_time, other.min_time)};
    }
    return other.operations < one.operations ? other : one;
  }

  std::optional<Batching> calibrate(std::size_t i, std::size_t side, double least = 0.0) {
    const auto calibration = launcher_.calibrate(subjects_[i].sides[side], name_of(i, side), least);
    if (calibration) return calibration->batching;
    fail(measured(i, side), calibration.error());
    return std::nullopt;
  }

  /// Takes one block of every open subject, in a new random order.
  void take_round(int block) {
    const std::vector<int> once(groups_.size(), 1);
    const auto order = plan::make_plan(once, 2, settings_.seed + static_cast<std::uint64_t>(block));
    for (std::size_t at = 0; at < order.size() && !stopped(); at += 2) {
      take_turn(groups_[order[at].subject], block, {order[at].side, order[at + 1].side});
    }
  }

  /// One block, or all that the servers of a workload are kept for.
  void take_turn(Group group, int round, std::pair<std::size_t, std::size_t> order) {
    const auto& workload = subjects_[group.front()].sides[0].workload;
    const int blocks = workload && workload->load ? workload->load->fresh_every_blocks : 1;
    for (int block = 0; block < blocks && !stopped();
         ++block, std::swap(order.first, order.second)) {
      std::erase_if(group, [this](std::size_t i) { return !open(result_.subjects[i]); });
      if (group.empty()) return;
      announce(subjects_[group.front()].info.id.text());
      const auto began = Clock::now();
      take_block(group, round * blocks + block, order);
      for (const std::size_t i : group) {
        result_.subjects[i].seconds += os::seconds_since(began);
        note_advance(i);
        if (!open(result_.subjects[i])) ++progress_.done;
      }
    }
  }

  /// Starts both processes at once on two CPUs, and measures them one after the other on one CPU.
  void take_block(const Group& group, int block, std::pair<std::size_t, std::size_t> order) {
    auto first = begin(group, order.first, block, /*aside=*/false);
    auto second = begin(group, order.second, block, /*aside=*/true);
    if (!await_start(group, order.first, first) || !await_start(group, order.second, second)) {
      return;
    }
    const bool taken = take_visits(group, order.first, *std::move(first));
    // What skips on one side may skip on both.
    if (!taken && measured(group.front(), order.first).outcome.status != Status::skipped) return;
    if (!take_visits(group, order.second, *std::move(second)) || !taken) return;
    for (const std::size_t i : group) judge(i);
  }

  void judge(std::size_t i) {
    PairedResult& paired = result_.subjects[i];
    if (!open(paired)) return;  // it failed alone
    ++paired.blocks;
    paired.settled = judge_(i, paired.old_side.visits.back(), paired.new_side.visits.back(),
                            settings_.effort.spent(paired.blocks, paired.seconds));
  }

  Begun begin(const Group& group, std::size_t side, int block, bool aside) {
    const Subject& subject = subjects_[group.front()];
    return launcher_.begin(subject.sides[side], *subject.batching, block, aside);
  }

  bool await_start(const Group& group, std::size_t side, Begun& begun) {
    const auto started = begun ? launcher_.await_start(*begun) : tl::unexpected{begun.error()};
    if (!started) fail(group, side, started.error());
    return started.has_value();
  }

  /// One launch, and of it the visit of each subject. False where the launch failed.
  bool take_visits(const Group& group, std::size_t side, Launch launch) {
    const Batching& batching = *subjects_[group.front()].batching;
    auto taken = launcher_.visit(std::move(launch), name_of(group.front(), side), batching);
    for (const std::size_t i : group) measured(i, side).batching = batching;
    if (!taken) {
      fail(group, side, taken.error());
      return false;
    }
    for (const std::size_t i : group) {
      if (auto visit = visit_for(subjects_[i].info, *taken)) {
        measured(i, side).visits.push_back(*std::move(visit));
      } else {
        fail(measured(i, side), visit.error());
      }
    }
    return true;
  }

  void fail(const Group& group, std::size_t side, const ProcessFailure& failure) {
    for (const std::size_t i : group) fail(measured(i, side), failure);
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

  void note_advance(std::size_t i) {
    advance_.update(i, result_.subjects[i].blocks, open(result_.subjects[i]));
  }

  void announce(const std::string& current) {
    progress_.current = current;
    progress_.share = advance_.share();
    if (report_) report_(progress_);
  }

  std::vector<Subject> subjects_;
  const PairedRunSettings& settings_;
  const Interrupt& interrupt_;
  const Judge& judge_;
  const std::function<void(const Progress&)>& report_;
  Launcher launcher_;
  std::vector<Group> groups_;
  Clock::time_point start_;
  Progress progress_;
  PairedAdvance advance_;
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
