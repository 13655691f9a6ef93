#include "pulsebench/report/run_counts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/compare/target_verdict.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/run_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

constexpr std::size_t kEventsNamed = 2;
constexpr const char* kExact = "exact instructions";
constexpr const char* kAllocations = "allocations";

/// What is absent for one reason, and where.
struct Absence {
  std::string reason;
  std::vector<std::string> events;
  std::size_t benchmarks = 0;
  bool requested = false;  ///< by an option of its own, and not as one of the default events
};

std::string events_of(const Absence& absence) {
  const auto& all = absence.events;
  if (all.size() <= kEventsNamed + 1) return fmt::format("{}", fmt::join(all, ", "));
  return fmt::format("{}, {} and {} more", all[0], all[1], all.size() - kEventsNamed);
}

/// All that was asked for and has no value.
std::vector<Counter> missing(const BenchmarkResult& result) {
  std::vector<Counter> all;
  for (const Counter& counter : result.counters) {
    if (!counter.per_op) all.push_back(counter);
  }
  const auto add = [&](const char* name, const std::string& reason) {
    all.push_back({.name = name, .per_op = std::nullopt, .reason = reason});
  };
  if (result.exact && !result.exact->instructions_per_op) {
    add(kExact, result.exact->reason);
  }
  if (result.allocations && !result.allocations->per_op) {
    add(kAllocations, result.allocations->reason);
  }
  return all;
}

void note(std::vector<Absence>& absences, const BenchmarkResult& result) {
  std::vector<std::string> met;
  for (const Counter& counter : missing(result)) {
    auto same = std::find_if(absences.begin(), absences.end(), [&](const Absence& absence) {
      return absence.reason == counter.reason;
    });
    if (same == absences.end()) {
      same = absences.insert(same, {.reason = counter.reason, .events = {}});
    }
    auto& events = same->events;
    const std::string name = printable(counter.name, 60);
    if (std::find(events.begin(), events.end(), name) == events.end()) events.push_back(name);
    const bool first = std::find(met.begin(), met.end(), counter.reason) == met.end();
    if (first) met.push_back(counter.reason);
    same->benchmarks += first ? 1 : 0;
    same->requested = same->requested || name == kExact || name == kAllocations;
  }
}

}  // namespace

std::optional<double> count_of(const BenchmarkResult& result, std::string_view event) {
  const auto found = std::find_if(result.counters.begin(), result.counters.end(),
                                  [&](const Counter& counter) { return counter.name == event; });
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
    const std::string where = absence.benchmarks == asked ? std::string{}
                                                          : fmt::format(" in {} of {} benchmarks",
                                                                        absence.benchmarks, asked);
    lines.push_back({.items = {fmt::format("not counted{}: {}: {}", where, events_of(absence),
                                           printable(absence.reason, 400))},
                     .detail = !absence.requested});
  }
  return lines;
}

}  // namespace pulsebench::report
