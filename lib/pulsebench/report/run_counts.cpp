
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

constexpr std::size_t kEventsNamed = 2;

/// What is absent for one reason, and where.
struct Absence {
  std::string reason;
  std::vector<std::string> events = {};
  std::set<std::string> benchmarks = {};
  bool requested = false;  ///< by an option of its own, and not as one of the default events
};

std::string events_of(const Absence& absence) {
  const auto& all = absence.events;
  if (all.size() <= kEventsNamed + 1) return fmt::format("{}", fmt::join(all, ", "));
  return fmt::format("{}, {} and {} more", all[0], all[1], all.size() - kEventsNamed);
}

void note(std::vector<Absence>& absences, const BenchmarkResult& result) {
  const auto add = [&](const std::string& event, const std::string& reason, bool requested) {
    auto same = std::ranges::find(absences, reason, &Absence::reason);
    if (same == absences.end()) same = absences.insert(same, {.reason = reason});
    if (std::ranges::find(same->events, event) == same->events.end()) {
      same->events.push_back(event);
    }
    same->benchmarks.insert(result.info.id.text());
    same->requested = same->requested || requested;
  };
  for (const Counter& counter : result.counters) {
    if (!counter.per_op) add(printable(counter.name, 60), counter.reason, false);
  }
  if (result.exact && !result.exact->instructions_per_op) {
    add("exact instructions", result.exact->reason, true);
  }
  if (result.allocations && !result.allocations->per_op) {
    add("allocations", result.allocations->reason, true);
  }
}

}  // namespace

std::optional<double> count_of(const BenchmarkResult& result, std::string_view event) {
  const auto found = std::ranges::find(result.counters, event, &Counter::name);
  return found == result.counters.end() ? std::nullopt : found->per_op;
}

render::Cell instructions_of(const BenchmarkResult& result) {
  if (result.exact && result.exact->instructions_per_op) {
    const double count = *result.exact->instructions_per_op;
    if (result.exact->whole()) return render::PerOperation{count};
    return render::Text{"~" + render::format_per_operation(count), render::Tone::doubtful};
  }
  const auto counted = count_of(result, "instructions");
  return counted ? render::Cell{render::PerOperation{*counted}} : render::Cell{};
}

render::Cell instructions_per_cycle_of(const BenchmarkResult& result) {
  const auto instructions = count_of(result, "instructions");
  const auto cycles = count_of(result, "cycles");
  if (!instructions || !cycles || *cycles <= 0.0) return {};
  return fmt::format("{:.2f}", *instructions / *cycles);
}

render::Cell misses_of(const BenchmarkResult& result) {
  const auto first = count_of(result, "L1-dcache-load-misses");
  const auto last = count_of(result, "LLC-load-misses");
  if (!first && !last) return {};
  const auto text = [](const std::optional<double>& misses) {
    return misses ? render::format_per_operation(*misses) : std::string{"?"};
  };
  return text(first) + "/" + text(last);
}

render::Cell allocations_of(const BenchmarkResult& result) {
  if (!result.allocations || !result.allocations->per_op) return {};
  const bool over = compare::allocates_too_much(result);
  return {render::PerOperation{*result.allocations->per_op},
          over ? render::Tone::bad : render::Tone::plain};
}

std::vector<render::Paragraph> not_counted(const Document& document) {
  std::vector<Absence> absences;
  std::size_t asked = 0;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!measured(result)) continue;
    ++asked;
    note(absences, result);
  }
  std::vector<render::Paragraph> lines;
  for (const Absence& absence : absences) {
    const std::string where =
        absence.benchmarks.size() == asked
            ? std::string{}
            : fmt::format(" in {} of {} benchmarks", absence.benchmarks.size(), asked);
    lines.push_back({.items = {fmt::format("not counted{}: {}: {}", where, events_of(absence),
                                           printable(absence.reason, 400))},
                     .detail = !absence.requested});
  }
  return lines;
}

}  // namespace pulsebench::report
