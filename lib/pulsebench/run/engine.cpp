#include "pulsebench/run/engine.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/plan/plan.hpp"
#include "pulsebench/run/exact_count.hpp"
#include "pulsebench/run/report_program.hpp"

namespace pulsebench::run {
namespace {

using Clock = std::chrono::steady_clock;

class Engine {
 public:
  Engine(std::vector<Subject> subjects, std::size_t sides, const Settings& settings,
         const Interrupt& interrupt, const std::function<void(const Progress&)>& progress)
      : subjects_(std::move(subjects)),
        settings_(settings),
        interrupt_(interrupt),
        launcher_(plan::Occasion::launch, settings.sampling, settings.cpus,
                  settings.process_settings, interrupt),
        groups_(launch_groups(subjects_)),
        progress_(progress),
        result_{.sides = {}, .launches = {}} {
    for (std::size_t side = 0; side < sides; ++side) {
      std::vector<Measured>& measured = result_.sides.emplace_back();
      for (const Subject& subject : subjects_) {
        measured.push_back(not_yet_measured(subject, side, settings.cpus.thread_cpus.size()));
      }
    }
    result_.subject_seconds.resize(subjects_.size());
    launcher_.count(settings.counters);
  }

  Measurement run() {
    const auto start = Clock::now();
    calibrate_all();
    take_all_visits();
    count_all();
    announce("");
    explain_unmeasured();
    result_.granted = launcher_.granted();
    result_.memory_unlocked = launcher_.memory_unlocked();
    result_.interrupted_by = interrupt_.signal();
    result_.seconds = os::seconds_since(start);
    return std::move(result_);
  }

 private:
  /// Adds the time of `work` to that of the subject.
  template <class Work>
  void time(std::size_t subject, const Work& work) {
    const auto start = Clock::now();
    work();
    result_.subject_seconds[subject] += os::seconds_since(start);
  }

  void calibrate_all() {
    const auto unknown = [](const Subject& subject) { return !subject.batching; };
    progress_state_.total =
        static_cast<std::size_t>(std::count_if(subjects_.begin(), subjects_.end(), unknown));
    for (const auto& group : groups_) {
      progress_state_.total +=
          static_cast<std::size_t>(subjects_[group.front()].launches) * result_.sides.size();
    }
    for (const auto& group : groups_) {
      if (subjects_[group.front()].batching || stopped()) continue;
      time(group.front(), [&] { calibrate(group); });
    }
  }

  /// Calibrates on the first side; all sides use the same batch.
  void calibrate(const std::vector<std::size_t>& group) {
    const Subject& first = subjects_[group.front()];
    announce("calibrating " + first.info.id.text());
    const auto calibration = launcher_.calibrate(first.sides[0], first.info.id.text());
    progress_state_.done += group.size();
    for (const std::size_t i : group) {
      if (!calibration) {
        give_up(i, 0, calibration.error());
        continue;
      }
      subjects_[i].batching = calibration->batching;
      subjects_[i].visit_seconds = calibration->visit_seconds;
    }
  }

  void take_all_visits() {
    std::vector<double> seconds;
    std::vector<int> launches;
    for (const auto& group : groups_) {
      const Subject& subject = subjects_[group.front()];
      launches.push_back(subject.launches);
      seconds.push_back(static_cast<double>(result_.sides.size()) *
                        plan::launch_seconds(settings_.sampling, subject.visit_seconds));
    }
    if (settings_.budget_seconds) {
      launches = plan::fit_to_budget(launches, seconds, *settings_.budget_seconds);
    }
    result_.launches.resize(subjects_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (const std::size_t i : groups_[g]) result_.launches[i] = launches[g];
    }
    for (const plan::Step& step : plan::make_plan(launches, result_.sides.size(), settings_.seed)) {
      if (stopped()) return;
      const auto& group = groups_[step.subject];
      time(group.front(), [&] { take_visit(group, step); });
      ++progress_state_.done;
    }
  }

  /// Counts what was measured in separate processes.
  void count_all() {
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      time(i, [&] {
        for (std::size_t side = 0; side < result_.sides.size(); ++side) count(i, side);
      });
    }
  }

  void count(std::size_t i, std::size_t side) {
    const Subject& subject = subjects_[i];
    const std::string& id = subject.info.id.text();
    Measured& measured = result_.sides[side][i];
    if (failed(i) || !subject.batching) return;
    if (subject.info.metric) return count_nothing(subject, measured);
    if (settings_.instructions && !stopped()) {
      announce("counting instructions of " + id);
      measured.exact = count_exactly(launcher_, subject.sides[side], id, *subject.batching);
    }
    if ((settings_.allocations || subject.count_allocations) && !stopped()) {
      announce("counting allocations of " + id);
      measured.allocations =
          count_allocations(launcher_, subject.sides[side], id, *subject.batching);
    }
  }

  /// What is counted is counted within an operation of a benchmark.
  void count_nothing(const Subject& subject, Measured& measured) const {
    constexpr const char* kWhy = "a workload has no operations that could be counted";
    if (settings_.instructions)
      measured.exact = ExactCount{.instructions_per_op = std::nullopt, .reason = kWhy};
    if (settings_.allocations || subject.count_allocations) {
      measured.allocations = Allocations{.per_op = std::nullopt, .reason = kWhy};
    }
  }

  /// Takes one launch of those of the group that have not failed.
  void take_visit(const std::vector<std::size_t>& group, const plan::Step& step) {
    const auto open = std::ranges::find_if(group, [this](std::size_t i) { return !failed(i); });
    if (open == group.end()) return;
    const Subject& subject = subjects_[*open];
    announce(subject.info.id.text());
    auto launch = launcher_.visit(subject.sides[step.side], subject.info.id.text(),
                                  *subject.batching, step.launch);
    for (const std::size_t i : group) {
      if (failed(i)) continue;
      auto visit = launch ? visit_for(subjects_[i].info, *launch) : launch;
      if (visit) {
        keep(*std::move(visit), i, step.side);
      } else {
        give_up(i, step.side, visit.error());
      }
    }
  }

  void keep(Visit visit, std::size_t i, std::size_t side) {
    Measured& measured = result_.sides[side][i];
    measured.batching = *subjects_[i].batching;
    measured.batching.operations = visit.operations;
    measured.visits.push_back(std::move(visit));
  }

  /// Skips the subject's other launches on all sides, since a pair needs both.
  void give_up(std::size_t subject, std::size_t side, const ProcessFailure& failure) {
    if (failure.status == Status::not_measured) return;  // interrupted: not a failure
    Measured& measured = result_.sides[side][subject];
    measured.outcome = {failure.status, failure.reason};
    if (!measured.visits.empty()) {
      measured.outcome.reason +=
          " (in launch " + std::to_string(measured.visits.back().launch + 2) + ")";
    }
    if (is_failure(failure.status)) progress_state_.known = std::to_string(++failed_) + " failed";
  }

  [[nodiscard]] bool failed(std::size_t subject) const {
    return std::ranges::any_of(result_.sides, [&](const auto& side) {
      return side[subject].outcome.status != Status::ok;
    });
  }

  void explain_unmeasured() {
    for (auto& side : result_.sides) {
      for (std::size_t i = 0; i < side.size(); ++i) {
        if (side[i].batching.operations == 0 && subjects_[i].batching) {
          side[i].batching = *subjects_[i].batching;
        }
        if (side[i].outcome.status != Status::ok || !side[i].visits.empty()) continue;
        side[i].outcome = {
            Status::not_measured,
            stopped() ? "the run was interrupted before it was measured" : "the other side failed"};
      }
    }
  }

  [[nodiscard]] bool stopped() const { return interrupt_.signal() != 0; }

  void announce(const std::string& current) {
    progress_state_.current = current;
    if (progress_) progress_(progress_state_);
  }

  std::vector<Subject> subjects_;
  const Settings& settings_;
  const Interrupt& interrupt_;
  Launcher launcher_;
  std::vector<std::vector<std::size_t>> groups_;
  const std::function<void(const Progress&)>& progress_;
  Progress progress_state_;
  int failed_ = 0;
  Measurement result_;
};

}  // namespace

Measured not_yet_measured(const Subject& subject, std::size_t side, std::size_t thread_cpus) {
  Measured measured{
      .info = subject.info, .suite = subject.suite, .launches_asked = subject.launches};
  measured.oversubscribed =
      thread_cpus > 0 && static_cast<std::size_t>(subject.info.threads) > thread_cpus;
  const double injected = subject.sides[side].inject_percent;
  if (injected > 0.0) measured.injected_percent = injected;
  return measured;
}

Measurement measure(std::vector<Subject> subjects, std::size_t sides, const Settings& settings,
                    const Interrupt& interrupt,
                    const std::function<void(const Progress&)>& progress) {
  assert(std::all_of(subjects.begin(), subjects.end(),
                     [&](const Subject& subject) { return subject.sides.size() == sides; }));
  return Engine{std::move(subjects), sides, settings, interrupt, progress}.run();
}

}  // namespace pulsebench::run
