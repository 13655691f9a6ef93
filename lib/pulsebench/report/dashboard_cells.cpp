#include "pulsebench/report/dashboard_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/report/floor_unit.hpp"

namespace pulsebench::report {

using baseline::BenchmarkResult;
using baseline::Document;

std::vector<Section> sections_of(const Document& document) {
  std::vector<Section> sections;
  for (const Tier tier : kTiers) {
    std::string title = title_of(tier);
    title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
    sections.push_back({fmt::format("{} (tier {})", title, number_of(tier)), {}});
  }
  sections.push_back({"Floors of this machine", {}});
  for (const BenchmarkResult& result : document.benchmarks) {
    const bool floor = result.info.role == Role::floor;
    sections[floor ? kTierCount : index_of(result.info.tier)].results.push_back(&result);
  }
  std::erase_if(sections, [](const Section& section) { return section.results.empty(); });
  return sections;
}

std::string interval_name(const Document& document) {
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!result.interval) continue;
    return fmt::format("{:.0f} % interval", 100.0 * result.interval->level);
  }
  return "";
}

render::Text mark_of(const BenchmarkResult& result, const render::Style& style) {
  const render::Glyphs& glyph = render::glyphs(style);
  if (result.info.role == Role::floor && measured(result)) return {};
  switch (compare::target_verdict(result)) {
    case compare::TargetVerdict::met:
      return {std::string{glyph.met}, render::Tone::good};
    case compare::TargetVerdict::missed:
    case compare::TargetVerdict::not_measured:
      return {std::string{glyph.missed}, render::Tone::bad};
    case compare::TargetVerdict::cannot_tell:
      return {std::string{glyph.unsure}, render::Tone::doubtful};
    case compare::TargetVerdict::no_target:
      return {std::string{glyph.unsure}, render::Tone::quiet};
  }
  return {};
}

render::Text target_of(const BenchmarkResult& result, const std::optional<NsPerOp>& unit,
                       [[maybe_unused]] const render::Style& style) {
  if (result.info.role == Role::floor)
    return unit ? render::Text{in_units(*result.value, *unit)} : render::Text{};
  if (result.target) return "< " + render::format_bound(*result.target);
  return {"none", render::Tone::quiet};
}

render::Text interval_of(const BenchmarkResult& result, const render::Style& style) {
  if (!result.interval || !result.value || result.value->value <= 0.0) return {};
  const auto [low, high, level] = *result.interval;
  const double value = result.value->value;
  if (style.width >= render::kWide)
    return render::format_range(NsPerOp{low}, NsPerOp{high}, *result.value);
  return render::format_percent(Percent{100.0 * std::max(high - value, value - low) / value});
}

render::Text spread_of(const BenchmarkResult& result, const TierDemands& demands) {
  if (!result.robust_cv) return {};
  const Percent limit = demands.robust_cv[index_of(result.info.tier)];
  const bool wide = limit.value > 0.0 && *result.robust_cv > limit;
  return {render::format_percent(*result.robust_cv),
          wide ? render::Tone::doubtful : render::Tone::plain};
}

render::Text remarks_on(const BenchmarkResult& result) {
  std::vector<std::string> remarks;
  if (result.oversubscribed) remarks.emplace_back("oversubscribed");
  if (const Percent share = disturbed_share(result); share.value >= kDisturbedWorthAMark) {
    remarks.push_back(fmt::format("~{:.0f} %", share.value));
  }
  const auto launches = static_cast<int>(result.launches.launch.size());
  if (launches < result.launches_asked) {
    remarks.push_back(fmt::format("{} of {}", launches, result.launches_asked));
  }
  if (result.injected_percent) {
    remarks.push_back(fmt::format(
        "+{} % added", render::format_chosen_percent(Percent{*result.injected_percent})));
  }
  return {fmt::format("{}", fmt::join(remarks, ", ")), render::Tone::doubtful};
}

}  // namespace pulsebench::report
