#include "pulsebench/run/foreign_pace.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

// Seconds of a repetition.
constexpr double kShortest = 0.0003;
constexpr double kLongest = 0.3;
constexpr double kShortestTrial = 0.01;  // more than two ticks of a scheduler with 250 Hz
constexpr double kLongestTrial = 1.0;

// Seconds of all repetitions of a visit.
constexpr double kUsualVisit = 0.012;
constexpr double kLongVisit = 0.1;

constexpr int kFewestRepetitions = 4;  // fewer have no mean of undisturbed ones
constexpr int kFewestIterations = 4;   // of a trial, so that the first does not count much
constexpr int kTrials = 3;

// Bounds of the cost in a longer repetition, as a multiple of the cost in a shorter one.
constexpr double kCheaper = 1.0 / 1.1;
constexpr double kDearer = 1.05;

double seconds_each(const Visit& visit) {
  return calibrated_cost(visit) * static_cast<double>(visit.operations) / 1e9;
}

/// Runs before the first repetition, each with its set-up, in which Google Benchmark searches for
/// the number of iterations: each has ten times those of the one before.
double searches_of(const Visit& visit) {
  return std::log10(static_cast<double>(std::max<std::uint64_t>(visit.operations, 1)));
}

/// So many that a visit is short; but, if possible, enough for a mean of undisturbed ones.
int repetitions_for(double seconds_of_one) {
  const double fitting = kUsualVisit / seconds_of_one;
  const double most = fitting < kFewestRepetitions ? kFewestRepetitions : kForeignRepetitions;
  const double room = fitting < kFewestRepetitions ? kLongVisit / seconds_of_one : fitting;
  return static_cast<int>(std::clamp(room, 1.0, most));
}

/// A short visit, and the cost of an operation in a longer repetition as a multiple of that in it.
struct Trial {
  Visit visit;
  double longer_to_usual = 1.0;  ///< 1 also where a longer one would take too long
  double length = 0.0;           ///< seconds of the longer one

  [[nodiscard]] bool alike() const {
    return longer_to_usual >= kCheaper && longer_to_usual <= kDearer;
  }
};

Trial trial_of(Visit visit, const Visit& longer, double length) {
  const double ratio = calibrated_cost(longer) / calibrated_cost(visit);
  return {.visit = std::move(visit), .longer_to_usual = ratio, .length = length};
}

/// The longer one goes first: it says whether there is time for more.
tl::expected<Trial, ProcessFailure> try_longer(const TakeRepetitions& take, double min_time) {
  const double length = std::clamp(10.0 * min_time, kShortestTrial, kLongestTrial);
  PB_TRY(Visit longer, take(1, length));
  const bool slow = longer.seconds > std::max(kLongestTrial, 10.0 * length);
  if (slow) return Trial{.visit = std::move(longer)};
  if (longer.operations == 1) {  // a short one would be the same
    const double enough = kFewestIterations * seconds_each(longer);
    PB_TRY(const Visit more, take(1, enough));
    return trial_of(std::move(longer), more, enough);
  }
  PB_TRY(Visit visit, take(min_time < kShortestTrial ? kFewestRepetitions : 1, min_time));
  return trial_of(std::move(visit), longer, length);
}

/// One trial where it finds the two alike; else the last of several, all of which differ in the
/// same direction: noise rarely does that.
tl::expected<Trial, ProcessFailure> compare_lengths(const TakeRepetitions& take, double min_time) {
  PB_TRY(Trial first, try_longer(take, min_time));
  for (int more = 1; more < kTrials && !first.alike(); ++more) {
    PB_TRY(Trial next, try_longer(take, min_time));
    const bool agree = (next.longer_to_usual > 1.0) == (first.longer_to_usual > 1.0);
    if (!agree) next.longer_to_usual = 1.0;
    first = std::move(next);
  }
  return first;
}

Calibration calibration_from(const Visit& visit, double min_time) {
  const double one =
      visit.seconds / (static_cast<double>(visit.slices.size()) + searches_of(visit));
  const int repetitions = repetitions_for(std::max(one, seconds_each(visit)));
  return {.batching = {.operations = visit.operations, .slices = repetitions, .min_time = min_time},
          .visit_seconds = (repetitions + searches_of(visit)) * one,
          .ns_per_op = calibrated_cost(visit)};
}

}  // namespace

tl::expected<Calibration, ProcessFailure> calibrate_foreign(const TakeRepetitions& take) {
  double min_time = kShortest;
  for (;;) {
    PB_TRY(const Trial trial, compare_lengths(take, min_time));
    if (trial.alike()) return calibration_from(trial.visit, min_time);
    const double usual = calibrated_cost(trial.visit);
    const double seconds = seconds_each(trial.visit);
    if (min_time >= kLongest) {
      return failed(fmt::format(
          "its cost depends on how many iterations run: {:.3g} ns in {:.2g} s, {:.3g} ns in "
          "{:.2g} s; fix their number with Iterations(N)",
          usual, seconds, trial.longer_to_usual * usual, trial.length));
    }
    min_time = std::min(10.0 * std::max(min_time, seconds), kLongest);
  }
}

double calibrated_cost(const Visit& visit) {
  std::vector<double> costs;
  for (const Slice& slice : visit.slices) {
    costs.push_back(slice.disturbed() ? slice.cpu_ns_per_op : slice.ns_per_op);
  }
  std::ranges::sort(costs);
  return costs[(costs.size() - 1) / 4];
}

}  // namespace pulsebench::run
