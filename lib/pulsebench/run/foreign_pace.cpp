#include "pulsebench/run/foreign_pace.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

// Seconds of a repetition.
constexpr double kShortest = 0.0003;
constexpr double kLongest = 0.3;
constexpr double kShortestTrial = 0.01;  // more than two ticks of a scheduler with 250 Hz
constexpr double kLongestTrial = 1.0;
constexpr double kLongestForSetUp =
    0.002;  // a repetition measures as long as its set-up, up to that

// Seconds of all repetitions of a visit.
constexpr double kUsualVisit = 0.012;
constexpr double kLongVisit = 0.1;

constexpr int kFewestRepetitions = 4;  // fewer have no mean of undisturbed ones
constexpr int kFewestIterations = 4;   // of a trial, so that the first does not count much
constexpr int kTrials = 3;

// How many times as long the longer repetition of a trial is, at least.
constexpr double kLonger = 4.0;

// Bounds of the cost in a longer repetition, as a multiple of the cost in a shorter one.
constexpr double kCheaper = 1.0 / 1.1;
constexpr double kDearer = 1.05;
constexpr double kMuchCheaper = 1.0 / 1.3;  // of the longest ones: no figure stands for the code
constexpr double kMuchDearer = 1.3;

// Share that the first iteration's cost may add to each, in the repetitions that are tried next.
constexpr double kAdded = 0.1;
constexpr double kMostGrowth = 10.0;  // of a repetition, from one trial to the next

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

/// A visit, and a longer repetition; both cost the same where a longer one would take too long.
struct Trial {
  Visit visit;
  double usual = 0.0, longer = 0.0;  ///< cost of an operation in each, in nanoseconds
  double operations = 0.0;           ///< of the longer one
  double length = 0.0;               ///< seconds of the longer one
};

Trial trial_of(Visit visit, const Visit& longer, double length) {
  const double usual = calibrated_cost(visit);
  return {.visit = std::move(visit),
          .usual = usual,
          .longer = calibrated_cost(longer),
          .operations = static_cast<double>(longer.operations),
          .length = length};
}

/// The longer one goes first: it says whether there is time for more. `long_ones` of it have one
/// mean, since a program may have a cost in some of its repetitions, by their number.
tl::expected<Trial, ProcessFailure> try_longer(const TakeRepetitions& take, double min_time,
                                               int long_ones = 1) {
  const double length = std::clamp(kLonger * min_time, kShortestTrial, kLongestTrial);
  PB_TRY(Visit longer, take(long_ones, length));
  const bool slow = longer.seconds / long_ones > std::max(kLongestTrial, 10.0 * length);
  if (slow) return trial_of(longer, longer, length);
  if (longer.operations == 1) {  // a short one would be the same
    const double enough = kFewestIterations * seconds_each(longer);
    PB_TRY(const Visit more, take(1, enough));
    return trial_of(std::move(longer), more, enough);
  }
  PB_TRY(Visit visit, take(min_time < kShortestTrial ? kFewestRepetitions : 1, min_time));
  return trial_of(std::move(visit), longer, length);
}

/// What several trials say of one length.
struct Lengths {
  Trial last;
  double low_usual, high_usual, low_longer, high_longer;

  explicit Lengths(Trial trial)
      : last(std::move(trial)),
        low_usual(last.usual),
        high_usual(last.usual),
        low_longer(last.longer),
        high_longer(last.longer) {}

  void add(Trial trial) {
    last = std::move(trial);
    low_usual = std::min(low_usual, last.usual);
    high_usual = std::max(high_usual, last.usual);
    low_longer = std::min(low_longer, last.longer);
    high_longer = std::max(high_longer, last.longer);
  }

  /// All of one kind cost more than all of the other, by more than the bounds.
  [[nodiscard]] bool differ(double cheaper, double dearer) const {
    return low_longer > dearer * high_usual || high_longer < cheaper * low_usual;
  }
};

/// One trial where it finds the two alike; else several, which noise rarely separates.
tl::expected<Lengths, ProcessFailure> compare_lengths(const TakeRepetitions& take,
                                                      double min_time) {
  PB_TRY(Trial first, try_longer(take, min_time));
  Lengths lengths{std::move(first)};
  for (int more = 1; more < kTrials && lengths.differ(kCheaper, kDearer); ++more) {
    PB_TRY(Trial next, try_longer(take, min_time, 1 + more));
    lengths.add(std::move(next));
  }
  return lengths;
}

/// Seconds of the repetitions to try next. A cost c in each iteration and a once make c + a/n of a
/// repetition of n, in the usual one as in the longer one; so many are wanted that a/n is a small
/// share of c. Where the longer ones cost more, all that is known is that these are too short.
double next_length(const Trial& trial, double min_time) {
  const double tried = std::max(min_time, seconds_each(trial.visit));
  const double most = kMostGrowth * tried;
  const auto few = static_cast<double>(trial.visit.operations);
  if (trial.longer >= trial.usual || trial.operations <= few) return most;
  const double once = (trial.usual - trial.longer) / (1.0 / few - 1.0 / trial.operations) / 1e9;
  return std::clamp(once * (1.0 + 1.0 / kAdded), 2.0 * tried, most);
}

Calibration calibration_from(const Visit& visit, double min_time) {
  const double one =
      visit.seconds / (static_cast<double>(visit.slices.size()) + searches_of(visit));
  const double measured = seconds_each(visit);
  const double set_up = std::max(one - measured, 0.0);
  min_time = std::max(min_time, std::min(set_up, kLongestForSetUp));
  const double longer = set_up + std::max(measured, min_time);
  const int repetitions = repetitions_for(longer);
  return {.batching = {.operations = visit.operations, .slices = repetitions, .min_time = min_time},
          .visit_seconds = (repetitions + searches_of(visit)) * longer};
}

}  // namespace

tl::expected<Calibration, ProcessFailure> calibrate_foreign(const TakeRepetitions& take,
                                                            double least) {
  double min_time = std::max(kShortest, least);
  for (;;) {
    PB_TRY(const Lengths lengths, compare_lengths(take, min_time));
    const Trial& trial = lengths.last;
    if (!lengths.differ(kCheaper, kDearer)) return calibration_from(trial.visit, min_time);
    const double seconds = seconds_each(trial.visit);
    if (min_time >= kLongest) {
      if (!lengths.differ(kMuchCheaper, kMuchDearer)) {
        return calibration_from(trial.visit, min_time);
      }
      return failed(fmt::format(
          "its cost depends on how many iterations run: {:.3g} ns in {:.2g} s, {:.3g} ns in "
          "{:.2g} s; fix their number with Iterations(N)",
          trial.usual, seconds, trial.longer, trial.length));
    }
    min_time = std::min(next_length(trial, min_time), kLongest);
  }
}

double calibrated_cost(const Visit& visit) {
  double sum = 0.0;
  for (const Slice& slice : visit.slices) {
    sum += slice.disturbed() ? slice.cpu_ns_per_op : slice.ns_per_op;
  }
  return sum / static_cast<double>(visit.slices.size());
}

}  // namespace pulsebench::run
