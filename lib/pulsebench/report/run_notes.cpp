#include "pulsebench/report/run_notes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;
using render::Mark;

constexpr std::size_t kNamesInNotes = 3;

/// "tier 0: noisier than the 5 % limit: a, b, c and 2 more", each name a span of its own.
render::Text with_names(const std::string& before, const std::vector<std::string>& names) {
  render::Text text{before + ": "};
  const std::size_t named = names.size() <= kNamesInNotes + 1 ? names.size() : kNamesInNotes;
  for (std::size_t i = 0; i < named; ++i) text.add(i == 0 ? "" : ", ").add_verbatim(names[i]);
  if (named < names.size()) text.add(fmt::format(" and {} more", names.size() - named));
  return text;
}

class Notes {
 public:
  explicit Notes(const Document& document) : document_(document) {}

  std::vector<render::Block> take() && { return std::move(blocks_); }

  void add_failures() {
    for (const auto& result : document_.benchmarks) {
      if (measured(result)) continue;
      const std::string status = spoken(result.outcome.status);
      std::string why = printable(result.outcome.reason, 400);
      if (!why.starts_with(status)) why = why.empty() ? status : status + ": " + why;
      note(Mark::missed, render::Text{}.add_verbatim(result.info.id.text()).add(": ").add(why));
    }
  }

  void add_emulated() {
    const std::string_view emulator = emulator_of(document_.machine);
    if (emulator.empty()) return;
    note(Mark::attention,
         fmt::format("an emulator ran it ({}): its times say nothing about a real machine",
                     printable(emulator, 100)));
  }

  /// What the key hashes and could not be read this time.
  void add_unreadable() {
    for (const auto& [name, value] : document_.machine.hashed) {
      if (!value.starts_with("unknown: cannot read")) continue;
      note(Mark::attention,
           fmt::format("the fact '{}' of the machine is {}; so the result counts as "
                       "another machine's",
                       printable(name, 60), printable(value, 200)));
    }
  }

  void add_short_tiers(const TierDemands& demands) {
    for (const ShortTier& tier : short_tiers(document_, demands)) {
      note(Mark::attention,
           fmt::format("{} requires {} launches and has {} (preset {}): a comparison can miss a "
                       "change, and will warn",
                       declares(tier.tier) ? named(tier.tier) : "each benchmark", tier.demanded,
                       tier.launches, printable(document_.preset)));
    }
  }

  void add_noisy(const TierDemands& demands) {
    for (const Tier tier : kTiers) {
      const Percent limit = demands.robust_cv[index_of(tier)];
      const auto noisy = names([&](const BenchmarkResult& result) {
        return limit.value > 0.0 && result.info.role == Role::operation &&
               result.info.tier == tier && result.robust_cv && *result.robust_cv > limit;
      });
      if (noisy.empty()) continue;
      note(Mark::attention, with_names(fmt::format("{}noisier than the {} % limit",
                                                   declares(tier) ? named(tier) + ": " : "",
                                                   render::format_chosen_percent(limit)),
                                       noisy));
    }
  }

  void add_disturbances() {
    const Disturbance all = disturbance_of(document_.benchmarks);
    const std::vector<std::string> causes = all.causes();
    if (causes.empty()) return;
    note(Mark::attention, fmt::format("{} % of the measured time was disturbed (--explain shows by "
                                      "what)",
                                      render::format_percent(all.share())));
    blocks_.emplace_back(render::Note{
        Mark::attention, fmt::format("disturbed by: {}", fmt::join(causes, ", ")), true});
  }

  void add_injected() {
    const auto injected =
        names([](const BenchmarkResult& result) { return result.injected_percent.has_value(); });
    if (!injected.empty()) {
      note(Mark::attention, with_names("work was added on purpose", injected));
    }
  }

  void add_allocating() {
    for (const auto& result : document_.benchmarks) {
      if (!compare::allocates_too_much(result)) continue;
      const std::string allowed = *result.max_allocations == 0.0
                                      ? std::string{"none"}
                                      : fmt::format("{:g}", *result.max_allocations);
      note(Mark::attention,
           render::Text{}
               .add_verbatim(result.info.id.text())
               .add(fmt::format(": {} per operation; its target allows {}",
                                *result.allocations->per_op == 1.0
                                    ? "1 allocation"
                                    : fmt::format("{:g} allocations", *result.allocations->per_op),
                                allowed)));
    }
  }

  void add_growth() {
    for (render::Block& line : growth_notes(document_)) blocks_.push_back(std::move(line));
  }

  void add_facts() {
    if (document_.imported_from) return add_import(*document_.imported_from);
    const Disturbance all = disturbance_of(document_.benchmarks);
    const baseline::TimeSpent& time = document_.time;
    facts({render::format_duration(time.total),
           render::format_count(all.launches, "launch", "launches"), "preset " + document_.preset,
           fmt::format("seed {}", document_.seed)});
    if (const std::string hardware = hardware_of_targets(document_); !hardware.empty()) {
      facts({"targets for the hardware class " + hardware});
    }
    render::Paragraph details{.detail = true};
    if (time.measuring > 0.0) {
      details.items.emplace_back(fmt::format("{:.0f} % of the time spent measuring",
                                             100.0 * time.in_visits / time.measuring));
    }
    details.items.emplace_back(render::format_count(all.slices, "slice", "slices"));
    details.items.emplace_back(fmt::format("{} % disturbed", render::format_percent(all.share())));
    if (!document_.like.empty()) {
      details.items.emplace_back("batch sizes as in " + document_.like);
    }
    details.items.emplace_back("machine " + document_.machine.key);
    blocks_.emplace_back(std::move(details));
  }

  void add_import(const baseline::ImportedFrom& from) {
    const std::string tool = from.tool + (from.tool_version.empty() ? "" : " " + from.tool_version);
    facts({"imported from " + printable(tool, 100), "machine " + document_.machine.key});
    note(Mark::attention,
         "another tool measured it: it is shown and compared, never judged, and never gates");
    if (std::ranges::any_of(document_.benchmarks, [](const BenchmarkResult& result) {
          return measured(result) && !result.robust_cv;
        })) {
      facts({"no noise: samples of one process do not show how processes differ"});
    }
  }

  /// What limits figures, and what benchmarks say of themselves: one line for all that share it.
  void add_labels() {
    constexpr std::size_t kLongest = 200;
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    const auto add = [&groups](const std::string& what, const BenchmarkResult& result) {
      if (what.empty()) return;
      auto group = std::ranges::find(groups, what, [](const auto& g) { return g.first; });
      if (group == groups.end()) group = groups.insert(group, {what, {}});
      group->second.push_back(result.info.id.text());
    };
    for (const auto& result : document_.benchmarks) {
      if (!measured(result)) continue;
      if (!result.outcome.reason.empty()) {
        add("too cheap to measure (same as an empty loop)", result);
      }
      add(printable(result.label, kLongest), result);
    }
    for (const auto& [what, who] : groups) facts({with_names(what, who)});
  }

  void add_not_counted() {
    for (render::Paragraph& line : not_counted(document_)) blocks_.emplace_back(std::move(line));
  }

 private:
  void note(Mark mark, render::Text text) {
    blocks_.emplace_back(render::Note{mark, std::move(text)});
  }

  void facts(std::vector<render::Text> items) {
    blocks_.emplace_back(render::Paragraph{std::move(items)});
  }

  template <typename Which>
  [[nodiscard]] std::vector<std::string> names(Which which) const {
    std::vector<std::string> chosen;
    for (const auto& result : document_.benchmarks) {
      if (which(result)) chosen.push_back(result.info.id.text());
    }
    return chosen;
  }

  /// Returns true if a benchmark itself, or the project, says that it is of the tier.
  [[nodiscard]] bool declares(Tier tier) const {
    return std::ranges::any_of(document_.benchmarks, [&](const BenchmarkResult& result) {
      return result.info.tier == tier && result.info.tier_declared;
    });
  }

  static std::string named(Tier tier) { return fmt::format("tier {}", number_of(tier)); }

  const Document& document_;
  std::vector<render::Block> blocks_;
};

}  // namespace

render::Mark mark_of(compare::TargetVerdict verdict) {
  switch (verdict) {
    case compare::TargetVerdict::met:
      return Mark::met;
    case compare::TargetVerdict::missed:
    case compare::TargetVerdict::not_measured:
      return Mark::missed;
    case compare::TargetVerdict::cannot_tell:
      return Mark::unsure;
    case compare::TargetVerdict::no_target:
      return Mark::none;
  }
  return Mark::none;
}

std::vector<ShortTier> short_tiers(const Document& document, const TierDemands& demands) {
  std::vector<ShortTier> result;
  for (const Tier tier : kTiers) {
    const int demanded = demands.launches[index_of(tier)];
    std::optional<int> fewest;
    for (const auto& benchmark : document.benchmarks) {
      if (benchmark.info.tier != tier || !measured(benchmark)) continue;
      if (benchmark.oversubscribed) continue;  // it never gates, and gets fewer on purpose
      const auto launches = static_cast<int>(benchmark.launches.launch.size());
      fewest = std::min(fewest.value_or(launches), launches);
    }
    if (fewest && *fewest < demanded) result.push_back(ShortTier{tier, *fewest, demanded});
  }
  return result;
}

std::vector<render::Block> run_notes(const Document& document, const TierDemands& demands) {
  Notes notes{document};
  notes.add_failures();
  notes.add_emulated();
  notes.add_unreadable();
  notes.add_short_tiers(demands);
  notes.add_noisy(demands);
  notes.add_disturbances();
  notes.add_injected();
  notes.add_allocating();
  notes.add_growth();
  notes.add_facts();
  notes.add_labels();
  notes.add_not_counted();
  return std::move(notes).take();
}

}  // namespace pulsebench::report
