#include "pulsebench/profile/heap_change.hpp"

#include <algorithm>
#include <map>

#include "pulsebench/profile/short_name.hpp"

namespace pulsebench::profile {
namespace {

/// Of one run, per operation.
struct SiteTotals {
  double allocations = 0.0, bytes = 0.0, leaked_bytes = 0.0;
};

struct RunTotals {
  SiteTotals all;
  std::map<std::string, SiteTotals> by_function;
  std::map<std::string, std::string> sites;  ///< of each function
};

RunTotals totals_of(const HeapProfile& profile) {
  RunTotals run;
  const auto entry = [&](std::size_t stack) -> SiteTotals& {
    const Frame* const site = site_of(profile.stacks[stack].frames);
    const std::string function = site == nullptr ? "unknown" : matching_name(site->function);
    run.sites.try_emplace(function, site == nullptr ? "unknown" : site_text(*site));
    return run.by_function[function];
  };
  for (const AllocationSpot& spot : profile.spots) {
    SiteTotals& totals = entry(spot.stack);
    totals.allocations += profile.per_op(spot.allocations);
    totals.bytes += profile.per_op(spot.bytes);
  }
  for (const HeapSlope& leak : profile.leaks.leaked) {
    entry(leak.stack).leaked_bytes += leak.bytes_per_op;
    run.all.leaked_bytes += leak.bytes_per_op;
  }
  run.all.allocations = profile.per_op(profile.allocations);
  run.all.bytes = profile.per_op(profile.bytes);
  return run;
}

void widen(CountRange& range, double value, bool first) {
  range.low = first ? value : std::min(range.low, value);
  range.high = first ? value : std::max(range.high, value);
}

void widen(HeapCounts& counts, const SiteTotals& run, bool first) {
  widen(counts.allocations, run.allocations, first);
  widen(counts.bytes, run.bytes, first);
  widen(counts.leaked_bytes, run.leaked_bytes, first);
}

bool exact(const HeapCounts& counts) {
  return counts.allocations.exact() && counts.bytes.exact() && counts.leaked_bytes.exact();
}

/// What the runs of one side say of one function; nothing where it does not allocate.
HeapCounts counts_of(const std::vector<RunTotals>& runs, const std::string& function) {
  HeapCounts counts;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto found = runs[i].by_function.find(function);
    widen(counts, found == runs[i].by_function.end() ? SiteTotals{} : found->second, i == 0);
  }
  return counts;
}

HeapCounts counts_of_all(const std::vector<RunTotals>& runs) {
  HeapCounts counts;
  for (std::size_t i = 0; i < runs.size(); ++i) widen(counts, runs[i].all, i == 0);
  return counts;
}

bool differ(const CountRange& a, const CountRange& b) { return a.high < b.low || b.high < a.low; }

bool differ(const HeapCounts& a, const HeapCounts& b) {
  return differ(a.allocations, b.allocations) || differ(a.bytes, b.bytes) ||
         differ(a.leaked_bytes, b.leaked_bytes);
}

std::vector<RunTotals> totals_of_runs(std::span<const HeapProfile> profiles) {
  std::vector<RunTotals> runs;
  for (const HeapProfile& profile : profiles) runs.push_back(totals_of(profile));
  return runs;
}

}  // namespace

HeapChange compare_heaps(std::span<const HeapProfile> before, std::span<const HeapProfile> after) {
  const std::vector<RunTotals> old_runs = totals_of_runs(before);
  const std::vector<RunTotals> new_runs = totals_of_runs(after);
  HeapChange change;
  change.before = counts_of_all(old_runs);
  change.after = counts_of_all(new_runs);
  change.repeats = exact(change.before) && exact(change.after);
  std::map<std::string, std::string> sites;  // of each function, the new side's first
  for (const auto* runs : {&new_runs, &old_runs}) {
    for (const RunTotals& run : *runs) sites.insert(run.sites.begin(), run.sites.end());
  }
  for (const auto& [function, site] : sites) {
    SiteChange found{.site = site,
                     .before = counts_of(old_runs, function),
                     .after = counts_of(new_runs, function)};
    change.repeats = change.repeats && exact(found.before) && exact(found.after);
    if (differ(found.before, found.after)) change.sites.push_back(std::move(found));
  }
  std::stable_sort(change.sites.begin(), change.sites.end(),
                   [](const SiteChange& a, const SiteChange& b) {
                     return a.after.allocations.low - a.before.allocations.low >
                            b.after.allocations.low - b.before.allocations.low;
                   });
  return change;
}

bool grew(const HeapCounts& before, const HeapCounts& after) {
  const auto more = [](const CountRange& a, const CountRange& b) { return b.low > a.high; };
  return more(before.allocations, after.allocations) || more(before.bytes, after.bytes) ||
         more(before.leaked_bytes, after.leaked_bytes);
}

}  // namespace pulsebench::profile
