#include "pulsebench/report/dashboard_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

constexpr std::size_t kNamesInNotes = 3;

int sum(const std::vector<int>& column) { return std::accumulate(column.begin(), column.end(), 0); }

int launches_of(const baseline::BenchmarkResult& result) {
  return static_cast<int>(result.launches.launch.size());
}

std::string names(const std::vector<std::string>& all) {
  if (all.size() <= kNamesInNotes) return fmt::format("{}", fmt::join(all, ", "));
  return fmt::format("{}, {}, {} and {} more", all[0], all[1], all[2], all.size() - kNamesInNotes);
}

void add_wide_spreads(std::vector<std::string>& lines, const baseline::Document& document,
                      const TierDemands& demands) {
  for (const Tier tier : kTiers) {
    const Percent limit = demands.robust_cv[index_of(tier)];
    if (limit.value <= 0.0) continue;
    std::vector<std::string> wide;
    for (const auto& result : document.benchmarks) {
      const bool judged = result.info.role == Role::operation && result.info.tier == tier;
      if (judged && result.robust_cv && *result.robust_cv > limit) {
        wide.push_back(printable(result.info.id.text()));
      }
    }
    if (wide.empty()) continue;
    lines.push_back(fmt::format("tier {}: the launches spread more than the {} % it allows: {}",
                                number_of(tier), render::format_chosen_percent(limit),
                                names(wide)));
  }
}

void add_injected(std::vector<std::string>& lines, const baseline::Document& document) {
  std::vector<std::string> injected;
  for (const auto& result : document.benchmarks) {
    if (!result.injected_percent) continue;
    injected.push_back(
        fmt::format("{} (+{} %)", printable(result.info.id.text()),
                    render::format_chosen_percent(Percent{*result.injected_percent})));
  }
  if (injected.empty()) return;
  lines.push_back("work was added on purpose: " + names(injected));
}

/// How much of the measured time was disturbed, and by what. Slices last equally long, so their
/// share is a share of the time. Below one in a hundred, and one launch in ten, it is not told.
void add_disturbances(std::vector<std::string>& lines, const baseline::Document& document) {
  constexpr double kSlicesWorthALine = 1.0;
  constexpr double kLaunchesWorthALine = 10.0;
  int launches = 0, slices = 0, disturbed = 0;
  int waited = 0, preempted = 0, faulted = 0, slowed = 0, crowded = 0, stolen = 0;
  for (const auto& result : document.benchmarks) {
    launches += launches_of(result);
    slices += sum(result.launches.slices);
    disturbed += sum(result.launches.disturbed);
    waited += result.disturbed_run_delay;
    preempted += result.disturbed_preempted;
    faulted += result.disturbed_faulted;
    slowed += result.disturbed_slow_core;
    crowded += result.launches_crowded;
    stolen += result.launches_stolen;
  }
  const auto share = [](int part, int whole) { return Percent{100.0 * part / std::max(whole, 1)}; };
  std::vector<std::string> parts;
  if (share(disturbed, slices).value >= kSlicesWorthALine) {
    const auto say = [&](int part, const char* what) {
      if (part > 0)
        parts.push_back(fmt::format("{} % {}", render::format_percent(share(part, slices)), what));
    };
    say(slowed, "on a slowed core");
    say(waited, "waited for the CPU");
    say(preempted, "preempted");
    say(faulted, "a page came from the disk");
  }
  const auto say = [&](int part, const char* what) {
    if (share(part, launches).value < kLaunchesWorthALine) return;
    parts.push_back(fmt::format("{} in {} of {} launches", what, part, launches));
  };
  say(stolen, "the host took the CPU");
  say(crowded, "more tasks than CPUs");
  if (parts.empty()) return;
  lines.push_back(fmt::format("{} % of the measured time was disturbed: {}",
                              render::format_percent(share(disturbed, slices)),
                              fmt::join(parts, ", ")));
}

void add_allocating(std::vector<std::string>& lines, const baseline::Document& document) {
  for (const auto& result : document.benchmarks) {
    if (!compare::allocates_too_much(result)) continue;
    const std::string allowed = *result.max_allocations == 0.0
                                    ? std::string{"none"}
                                    : fmt::format("{:g}", *result.max_allocations);
    lines.push_back(fmt::format("{}: {:g} allocations an operation, its target allows {}",
                                printable(result.info.id.text()), *result.allocations->per_op,
                                allowed));
  }
}

}  // namespace

const char* name_of(Status status) {
  switch (status) {
    case Status::ok:
      return "ok";
    case Status::measured_nothing:
      return "measured nothing";
    case Status::skipped:
      return "skipped";
    case Status::crashed:
      return "crashed";
    case Status::timed_out:
      return "timed out";
    case Status::failed:
      return "failed";
    case Status::not_measured:
      return "not measured";
  }
  return "";
}

std::vector<ShortTier> short_tiers(const baseline::Document& document, const TierDemands& demands) {
  std::vector<ShortTier> result;
  for (const Tier tier : kTiers) {
    const int demanded = demands.launches[index_of(tier)];
    std::optional<int> fewest;
    for (const auto& benchmark : document.benchmarks) {
      if (benchmark.info.tier != tier || !measured(benchmark)) continue;
      if (benchmark.oversubscribed) continue;  // it never gates, and gets fewer on purpose
      fewest = std::min(fewest.value_or(launches_of(benchmark)), launches_of(benchmark));
    }
    if (fewest && *fewest < demanded) result.push_back(ShortTier{tier, *fewest, demanded});
  }
  return result;
}

Percent disturbed_share(const baseline::BenchmarkResult& result) {
  const int slices = sum(result.launches.slices);
  if (slices == 0) return Percent{0.0};
  return Percent{100.0 * sum(result.launches.disturbed) / slices};
}

std::vector<std::pair<std::string, std::string>> failures(const baseline::Document& document) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& result : document.benchmarks) {
    if (measured(result)) continue;
    std::string why = printable(result.outcome.reason, 400);
    const std::string status = name_of(result.outcome.status);
    const bool said = why.rfind(status, 0) == 0;
    if (!said) why = why.empty() ? status : status + ": " + why;
    lines.emplace_back(printable(result.info.id.text()), why);
  }
  return lines;
}

std::vector<std::string> warnings(const baseline::Document& document, const TierDemands& demands) {
  std::vector<std::string> lines;
  for (const ShortTier& tier : short_tiers(document, demands)) {
    lines.push_back(fmt::format(
        "tier {} asks for {} launches and has {} (preset {}): a change "
        "may hide, and a comparison will warn",
        number_of(tier.tier), tier.demanded, tier.launches, printable(document.preset)));
  }
  add_wide_spreads(lines, document, demands);
  add_disturbances(lines, document);
  add_injected(lines, document);
  add_allocating(lines, document);
  return lines;
}

std::vector<std::string> labels_and_limits(const baseline::Document& document) {
  constexpr std::size_t kLongest = 200;
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  const auto say = [&groups](const std::string& what, const baseline::BenchmarkResult& result) {
    if (what.empty()) return;
    auto group = std::ranges::find(groups, what, [](const auto& g) { return g.first; });
    if (group == groups.end()) group = groups.insert(group, {what, {}});
    group->second.push_back(printable(result.info.id.text()));
  };
  for (const auto& result : document.benchmarks) {
    if (!measured(result)) continue;
    if (!result.outcome.reason.empty()) say("no longer than the empty loop around it", result);
    say(printable(result.label, kLongest), result);
  }
  std::vector<std::string> lines;
  for (const auto& [what, who] : groups) lines.push_back(what + ": " + names(who));
  return lines;
}

std::vector<std::string> facts(const baseline::Document& document) {
  std::vector<std::string> items;
  int launches = 0, slices = 0, disturbed = 0;
  for (const auto& result : document.benchmarks) {
    launches += launches_of(result);
    slices += sum(result.launches.slices);
    disturbed += sum(result.launches.disturbed);
  }
  const baseline::TimeSpent& time = document.time;
  items.push_back(render::format_duration(time.total));
  if (time.measuring > 0.0) {
    items.push_back(fmt::format("{:.0f} % in visits", 100.0 * time.in_visits / time.measuring));
  }
  items.push_back(render::format_count(launches, "launch", "launches"));
  items.push_back(render::format_count(slices, "slice", "slices"));
  if (slices > 0) {
    items.push_back(
        fmt::format("{} % disturbed", render::format_percent(Percent{100.0 * disturbed / slices})));
  }
  items.push_back("preset " + printable(document.preset));
  items.push_back(fmt::format("seed {}", document.seed));
  if (!document.like.empty()) items.push_back("batches as in " + printable(document.like));
  items.push_back("machine " + printable(document.machine.key));
  return items;
}

std::string run_title(const baseline::Document& document) {
  std::string title = "pulsebench";
  const Git& git = document.git;
  if (git.commit.empty()) return title;
  title += " of " + (git.branch.empty() ? std::string{} : printable(git.branch, 60) + " ") +
           printable(git.commit.substr(0, 9));
  return git.dirty ? title + ", uncommitted changes" : title;
}

}  // namespace pulsebench::report
