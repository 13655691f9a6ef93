#include "pulsebench/run/engine.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "pulsebench/plan/plan.hpp"
#include "pulsebench/run/child.hpp"

namespace pulsebench::run {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A process start, its end and the pipe between: what a launch costs beside its visit.
constexpr double kLaunchOverheadSeconds = 0.005;

class Engine {
 public:
  Engine(std::vector<Subject> subjects, std::size_t sides, const Settings& settings,
         const Interrupt& interrupt, const std::function<void(const Progress&)>& progress)
      : subjects_(std::move(subjects)),
        settings_(settings),
        interrupt_(interrupt),
        progress_(progress),
        result_{.sides = std::vector<std::vector<Measured>>(
                    sides, std::vector<Measured>(subjects_.size())),
                .launches = {}} {}

  Measurement run() {
    const auto start = Clock::now();
    calibrate_all();
    take_all_visits();
    name_what_was_left_out();
    result_.interrupted_by = interrupt_.signal();
    result_.seconds = seconds_since(start);
    return std::move(result_);
  }

 private:
  void calibrate_all() {
    const auto unknown = [](const Subject& subject) { return !subject.batching; };
    progress_state_.total =
        static_cast<std::size_t>(std::count_if(subjects_.begin(), subjects_.end(), unknown));
    for (const Subject& subject : subjects_) {
      progress_state_.total += static_cast<std::size_t>(subject.launches) * result_.sides.size();
    }
    for (std::size_t i = 0; i < subjects_.size() && !stopped(); ++i) {
      if (!subjects_[i].batching) calibrate(i);
    }
  }

  /// On the first side; the batch is then common to all.
  void calibrate(std::size_t i) {
    announce("calibrating " + subjects_[i].info.id.text());
    const plan::Sampling& sampling = settings_.sampling;
    const wire::Calibrate ask{.id = subjects_[i].info.id.text(),
                              .slice_ns = static_cast<std::uint64_t>(sampling.slice.count()),
                              .visit_ns = static_cast<std::uint64_t>(sampling.visit.count()),
                              .warm_up_ns = static_cast<std::uint64_t>(sampling.warm_up.count()),
                              .min_operations = sampling.min_operations,
                              .min_slices = sampling.min_slices,
                              .max_slices = sampling.max_slices};
    const auto answer = launch(i, 0, /*number=*/0, ask);
    ++progress_state_.done;
    if (!answer) return give_up(i, 0, answer.error());
    const auto* calibrated = std::get_if<wire::Calibrated>(&*answer);
    if (calibrated == nullptr || calibrated->id != ask.id) {
      return give_up(i, 0, wrong_answer(*answer, "calibrate"));
    }
    subjects_[i].batching = calibrated->batching;
    for (auto& side : result_.sides) {
      side[i].empty_loop_ns_per_op = calibrated->empty_loop_ns_per_op;
    }
    if (calibrated->measured_nothing) {
      give_up(i, 0,
              {Status::measured_nothing,
               "it is no slower than an empty loop: the compiler removed what was to be "
               "measured; use benchmark::DoNotOptimize on its inputs and results"});
    }
  }

  void take_all_visits() {
    std::vector<double> seconds;
    for (const Subject& subject : subjects_) {
      result_.launches.push_back(subject.launches);
      seconds.push_back(
          static_cast<double>(result_.sides.size()) *
          (std::chrono::duration<double>(settings_.sampling.visit + settings_.sampling.warm_up)
               .count() +
           kLaunchOverheadSeconds));
    }
    if (settings_.budget_seconds) {
      result_.launches = plan::fit_to_budget(result_.launches, seconds, *settings_.budget_seconds);
    }
    for (const plan::Step& step :
         plan::make_plan(result_.launches, result_.sides.size(), settings_.seed)) {
      if (stopped()) return;
      if (!failed(step.subject)) take_visit(step);
      ++progress_state_.done;
    }
    announce("");
  }

  void take_visit(const plan::Step& step) {
    const Subject& subject = subjects_[step.subject];
    announce(subject.info.id.text());
    const wire::TakeVisit ask{
        .id = subject.info.id.text(),
        .batching = *subject.batching,
        .warm_up_ns = static_cast<std::uint64_t>(settings_.sampling.warm_up.count()),
        .heap_padding = plan::layout_of(step.launch).heap_padding,
        .inject_percent = subject.sides[step.side].inject_percent};
    auto answer = launch(step.subject, step.side, step.launch, ask);
    if (!answer) return give_up(step.subject, step.side, answer.error());
    auto* visited = std::get_if<wire::Visited>(&*answer);
    if (visited == nullptr || visited->id != ask.id) {
      return give_up(step.subject, step.side, wrong_answer(*answer, "visit"));
    }
    if (visited->visit.slices.size() != static_cast<std::size_t>(ask.batching.slices)) {
      return give_up(step.subject, step.side,
                     {Status::failed, "it sent " + std::to_string(visited->visit.slices.size()) +
                                          " slices where " + std::to_string(ask.batching.slices) +
                                          " were asked for"});
    }
    visited->visit.launch = step.launch;
    Measured& measured = result_.sides[step.side][step.subject];
    measured.batching = ask.batching;
    measured.batching.operations = visited->visit.operations;
    measured.visits.push_back(std::move(visited->visit));
  }

  /// One process life with one request.
  tl::expected<wire::Event, ChildFailure> launch(std::size_t subject, std::size_t side, int number,
                                                 const wire::Request& request) {
    ChildSpec spec;
    spec.executable = subjects_[subject].sides[side].executable;
    spec.layout = plan::layout_of(number);
    spec.cpus = settings_.cpus;
    spec.limit = settings_.sampling.launch_limit;
    spec.interrupt = interrupt_.descriptor();
    auto child = Child::start(spec);
    if (!child) return tl::unexpected{child.error()};
    result_.aslr_off = result_.aslr_off && child->aslr_off();
    auto answer = child->ask(request);
    if (answer) child->finish();
    return answer;
  }

  static ChildFailure wrong_answer(const wire::Event& event, const char* request) {
    if (const auto* failed = std::get_if<wire::Failed>(&event)) {
      return {failed->status, printable(failed->reason, 400)};
    }
    return {Status::failed, std::string{"it answered '"} + request + "' with something else"};
  }

  /// The subject's launches that are left are not taken, on any side: a pair needs both.
  void give_up(std::size_t subject, std::size_t side, const ChildFailure& failure) {
    if (failure.status == Status::not_measured) return;  // interrupted: nobody's fault
    Measured& measured = result_.sides[side][subject];
    measured.outcome = {failure.status, failure.reason};
    if (!measured.visits.empty()) {
      measured.outcome.reason +=
          " (in launch " + std::to_string(measured.visits.back().launch + 2) + ")";
    }
  }

  [[nodiscard]] bool failed(std::size_t subject) const {
    return std::any_of(result_.sides.begin(), result_.sides.end(), [&](const auto& side) {
      return side[subject].outcome.status != Status::ok;
    });
  }

  void name_what_was_left_out() {
    for (auto& side : result_.sides) {
      for (std::size_t i = 0; i < side.size(); ++i) {
        if (side[i].batching.operations == 0 && subjects_[i].batching) {
          side[i].batching = *subjects_[i].batching;
        }
        if (side[i].outcome.status != Status::ok || !side[i].visits.empty()) continue;
        side[i].outcome = {Status::not_measured, stopped()
                                                     ? "the run was interrupted before its turn"
                                                     : "the other side failed"};
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
  const std::function<void(const Progress&)>& progress_;
  Progress progress_state_;
  Measurement result_;
};

}  // namespace

Measurement measure(std::vector<Subject> subjects, std::size_t sides, const Settings& settings,
                    const Interrupt& interrupt,
                    const std::function<void(const Progress&)>& progress) {
  assert(std::all_of(subjects.begin(), subjects.end(),
                     [&](const Subject& subject) { return subject.sides.size() == sides; }));
  return Engine{std::move(subjects), sides, settings, interrupt, progress}.run();
}

}  // namespace pulsebench::run
