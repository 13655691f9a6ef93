#include "pulsebench/report/counts_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pulsebench/report/dashboard_notes.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using baseline::BenchmarkResult;
using baseline::Document;

constexpr std::size_t kEventsNamed = 2;

/// What is absent for one reason, and where.
struct Absence {
  std::string reason;
  std::vector<std::string> events;
  std::size_t benchmarks = 0;
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
    add("exact instructions", result.exact->reason);
  }
  if (result.allocations && !result.allocations->per_op) {
    add("allocations", result.allocations->reason);
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
  }
}

}  // namespace

std::string per_operation(double count) {
  const double whole = std::round(count);
  if (std::abs(count - whole) < 0.0005 && whole < 1e6) return fmt::format("{:.0f}", whole);
  return fmt::format("{:.3g}", count);
}

std::optional<double> count_of(const BenchmarkResult& result, std::string_view event) {
  const auto found = std::find_if(result.counters.begin(), result.counters.end(),
                                  [&](const Counter& counter) { return counter.name == event; });
  return found == result.counters.end() ? std::nullopt : found->per_op;
}

render::Text instructions_of(const BenchmarkResult& result) {
  if (result.exact && result.exact->instructions_per_op) {
    const std::string number = per_operation(*result.exact->instructions_per_op);
    return result.exact->whole() ? render::Text{number}
                                 : render::Text{"~" + number, render::Tone::doubtful};
  }
  const auto counted = count_of(result, "instructions");
  return counted ? render::Text{per_operation(*counted)} : render::Text{};
}

render::Text instructions_per_cycle_of(const BenchmarkResult& result) {
  const auto instructions = count_of(result, "instructions");
  const auto cycles = count_of(result, "cycles");
  if (!instructions || !cycles || *cycles <= 0.0) return {};
  return fmt::format("{:.2f}", *instructions / *cycles);
}

render::Text misses_of(const BenchmarkResult& result) {
  const auto first = count_of(result, "L1-dcache-load-misses");
  const auto last = count_of(result, "LLC-load-misses");
  if (!first && !last) return {};
  const auto text = [](const std::optional<double>& misses) {
    return misses ? per_operation(*misses) : std::string{"?"};
  };
  return text(first) + "/" + text(last);
}

render::Text allocations_of(const BenchmarkResult& result, const render::Style& style) {
  if (!result.allocations || !result.allocations->per_op) return {};
  const double each = *result.allocations->per_op;
  const bool over = result.max_allocations && each > *result.max_allocations;
  const std::string bytes =
      each > 0.0 && style.width >= render::kWide
          ? fmt::format(" ({} B)", per_operation(result.allocations->bytes_per_op))
          : "";
  return {per_operation(each) + bytes, over ? render::Tone::bad : render::Tone::plain};
}

std::vector<std::string> not_counted(const Document& document) {
  std::vector<Absence> absences;
  std::size_t asked = 0;
  for (const BenchmarkResult& result : document.benchmarks) {
    if (!measured(result)) continue;
    ++asked;
    note(absences, result);
  }
  std::vector<std::string> lines;
  for (const Absence& absence : absences) {
    const std::string where = absence.benchmarks == asked ? std::string{}
                                                          : fmt::format(" in {} of {} benchmarks",
                                                                        absence.benchmarks, asked);
    lines.push_back(fmt::format("not counted{}: {}: {}", where, events_of(absence),
                                printable(absence.reason, 400)));
  }
  return lines;
}

}  // namespace pulsebench::report
