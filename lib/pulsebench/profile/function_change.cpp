#include "pulsebench/profile/function_change.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/stats/false_discovery.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/stats/student.hpp"

namespace pulsebench::profile {
namespace {

constexpr std::uint64_t kLeastSamples = 20;  // on both sides together
constexpr double kTail = 0.025;
constexpr double kLeastExplained = 0.01;  // of an operation: less is no change to explain

double part_of(std::uint64_t samples, const LaunchSamples& launch) {
  if (launch.samples == 0) return 0.0;
  return launch.p25_ns_per_op * static_cast<double>(samples) / static_cast<double>(launch.samples);
}

/// Costs of something in each block.
struct Costs {
  std::vector<double> before, after;

  [[nodiscard]] CostChange change() const {
    std::vector<double> changes;
    for (std::size_t i = 0; i < before.size(); ++i) changes.push_back(after[i] - before[i]);
    const auto n = static_cast<double>(changes.size());
    const double mean = stats::mean(changes);
    const double error = stats::standard_deviation(changes) / std::sqrt(n);
    const double reach = stats::upper_student(kTail, n - 1.0) * error;
    const double t = error > 0.0 ? std::abs(mean) / error : 0.0;
    const double p = error > 0.0 ? 2.0 * stats::student_tail(t, n - 1.0) : mean == 0.0 ? 1.0 : 0.0;
    return {.before = Cost{stats::mean(before)},
            .after = Cost{stats::mean(after)},
            .change = Cost{mean},
            .low = Cost{mean - reach},
            .high = Cost{mean + reach},
            .p = p,
            .detectable = Cost{2.0 * reach}};
  }
};

/// One function over all blocks.
struct Tally {
  std::uint64_t old_self = 0, new_self = 0, old_total = 0, new_total = 0;
  Costs self, total;
};

class Tallies {
 public:
  Tallies(const CpuProfile& old_side, const CpuProfile& new_side, SpotsBy by)
      : blocks_(old_side.launches.size()),
        old_(counts_of(old_side, by)),
        new_(counts_of(new_side, by)) {
    const auto matched = match_functions(names_in(old_), names_in(new_));
    for (SpotCounts& counts : old_) counts = renamed(counts, matched);
    for (std::size_t i = 0; i < blocks_; ++i) {
      add(i, old_[i], old_side.launches[i], /*is_old=*/true);
      add(i, new_[i], new_side.launches[i], /*is_old=*/false);
    }
  }

  [[nodiscard]] const std::map<std::string, Tally>& all() const { return tallies_; }

 private:
  static std::vector<SpotCounts> counts_of(const CpuProfile& profile, SpotsBy by) {
    std::vector<SpotCounts> counts;
    for (const LaunchSamples& launch : profile.launches) {
      counts.push_back(count_spots(profile.frames, launch, by));
    }
    return counts;
  }

  static std::vector<std::string> names_in(const std::vector<SpotCounts>& launches) {
    std::vector<std::string> names;
    for (const SpotCounts& counts : launches) {
      for (const auto& [name, samples] : counts) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  static SpotCounts renamed(const SpotCounts& counts,
                            const std::map<std::string, std::string>& matched) {
    SpotCounts result;
    for (const auto& [name, samples] : counts) {
      const auto found = matched.find(name);
      SpotSamples& sum = result[found == matched.end() ? name : found->second];
      sum.self += samples.self;
      sum.total += samples.total;
    }
    return result;
  }

  /// Functions without a sample in a block cost nothing there.
  void add(std::size_t block, const SpotCounts& counts, const LaunchSamples& launch, bool is_old) {
    for (const auto& [name, samples] : counts) {
      Tally& tally = tallies_[name];
      for (Costs* costs : {&tally.self, &tally.total}) {
        costs->before.resize(blocks_, 0.0);
        costs->after.resize(blocks_, 0.0);
      }
      (is_old ? tally.self.before : tally.self.after)[block] = part_of(samples.self, launch);
      (is_old ? tally.total.before : tally.total.after)[block] = part_of(samples.total, launch);
      (is_old ? tally.old_self : tally.new_self) += samples.self;
      (is_old ? tally.old_total : tally.new_total) += samples.total;
    }
  }

  std::size_t blocks_;
  std::vector<SpotCounts> old_, new_;
  std::map<std::string, Tally> tallies_;
};

std::vector<FunctionTimeChange> changes_in(const std::map<std::string, Tally>& tallies) {
  std::vector<FunctionTimeChange> changes;
  for (const auto& [name, tally] : tallies) {
    if (tally.old_self + tally.new_self >= kLeastSamples) {
      changes.push_back({.name = name,
                         .cost = tally.self.change(),
                         .old_samples = tally.old_self,
                         .new_samples = tally.new_self});
    }
    if (tally.old_total + tally.new_total >= kLeastSamples) {
      changes.push_back({.name = name,
                         .with_callees = true,
                         .cost = tally.total.change(),
                         .old_samples = tally.old_total,
                         .new_samples = tally.new_total});
    }
  }
  return changes;
}

/// Source places of functions, of the new side where it has them.
std::map<std::string, Frame> places_of(const CpuProfile& old_side, const CpuProfile& new_side,
                                       SpotsBy by) {
  std::map<std::string, Frame> places = hottest_frames(new_side, by);
  places.merge(hottest_frames(old_side, by));
  return places;
}

}  // namespace

std::map<std::string, std::string> match_functions(const std::vector<std::string>& old_names,
                                                   const std::vector<std::string>& new_names) {
  std::map<std::string, std::string> matched;
  std::map<std::string, std::vector<std::string>> old_left, new_left;
  for (const std::string& name : old_names) {
    if (std::find(new_names.begin(), new_names.end(), name) != new_names.end()) {
      matched[name] = name;
    } else {
      old_left[matching_name(name)].push_back(name);
    }
  }
  for (const std::string& name : new_names) {
    if (!matched.contains(name)) new_left[matching_name(name)].push_back(name);
  }
  for (const auto& [key, names] : old_left) {
    const auto found = new_left.find(key);
    if (found == new_left.end() || names.size() != 1 || found->second.size() != 1) continue;
    matched[names.front()] = found->second.front();
  }
  return matched;
}

ProfileChange change_of(const CpuProfile& old_side, const CpuProfile& new_side, SpotsBy by,
                        double rate) {
  ProfileChange result;
  Costs operation;
  for (const LaunchSamples& launch : old_side.launches) {
    operation.before.push_back(launch.p25_ns_per_op);
  }
  for (const LaunchSamples& launch : new_side.launches) {
    operation.after.push_back(launch.p25_ns_per_op);
  }
  result.operation = operation.change();
  const Tallies tallies{old_side, new_side, by};
  std::vector<FunctionTimeChange> changes = changes_in(tallies.all());
  std::vector<double> p_values;
  for (const FunctionTimeChange& change : changes) p_values.push_back(change.cost.p);
  const auto found = stats::discoveries(p_values, rate);
  const auto places = places_of(old_side, new_side, by);
  double sum = 0.0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    FunctionTimeChange& change = changes[i];
    change.significant = found[i];
    if (const auto place = places.find(change.name); place != places.end()) {
      change.hottest = place->second;
    }
    if (change.significant && !change.with_callees) sum += change.cost.change.value;
    (change.with_callees ? result.totals : result.functions).push_back(change);
  }
  const double whole = result.operation.change.value;
  if (std::abs(whole) >= kLeastExplained * result.operation.before.value) {
    result.explained = sum / whole;
  }
  const auto order = [](const FunctionTimeChange& left, const FunctionTimeChange& right) {
    return std::pair{left.significant, std::abs(left.cost.change.value)} >
           std::pair{right.significant, std::abs(right.cost.change.value)};
  };
  std::stable_sort(result.functions.begin(), result.functions.end(), order);
  std::stable_sort(result.totals.begin(), result.totals.end(), order);
  return result;
}

}  // namespace pulsebench::profile
