#include "pulsebench/compare/counts.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace pulsebench::compare {
namespace {

using baseline::BenchmarkResult;

constexpr double kCountWorthAWarning = 5e-4;  // relative: less than it is 0.0 %
constexpr double kNoise = 1.1;                // of sampled events: a factor
constexpr double kRounding = 1e-6;            // of stored amounts, relative
constexpr double kWorthTelling = 0.01;        // an operation

const Counter* find(const BenchmarkResult& result, std::string_view name) {
  const auto found = std::ranges::find(result.counters, name, &Counter::name);
  return found != result.counters.end() && found->per_op ? &*found : nullptr;
}

bool moved(double base, double candidate) {
  const double low = std::min(base, candidate);
  const double high = std::max(base, candidate);
  return high - low > kWorthTelling && high > kNoise * low;
}

const std::optional<double>& instructions_of(const BenchmarkResult& result) {
  static const std::optional<double> none;
  return result.exact ? result.exact->instructions_per_op : none;
}

const std::optional<double>& allocations_of(const BenchmarkResult& result) {
  static const std::optional<double> none;
  return result.allocations ? result.allocations->per_op : none;
}

const CountChange* find(const Judged& judged, std::string_view name) {
  const auto found = std::ranges::find(judged.counts, name, &CountChange::name);
  return found == judged.counts.end() ? nullptr : &*found;
}

}  // namespace

std::vector<CountChange> counts_of(const BenchmarkResult& base, const BenchmarkResult& candidate) {
  std::vector<CountChange> changes;
  const auto& instructions = instructions_of(base);
  if (instructions && instructions_of(candidate)) {
    changes.push_back({kExactInstructions, *instructions, *instructions_of(candidate)});
  }
  const auto& allocations = allocations_of(base);
  if (allocations && allocations_of(candidate) && *allocations != *allocations_of(candidate)) {
    changes.push_back({"allocations", *allocations, *allocations_of(candidate)});
  }
  if (allocations && allocations_of(candidate)) {
    const auto add = [&](const char* name, double before, double after) {
      if (moved(before, after)) changes.push_back({name, before, after});
    };
    add("bytes allocated", base.allocations->bytes_per_op, candidate.allocations->bytes_per_op);
    add("peak bytes", static_cast<double>(base.allocations->peak_bytes),
        static_cast<double>(candidate.allocations->peak_bytes));
  }
  for (const Counter& after : candidate.counters) {
    const Counter* before = find(base, after.name);
    if (before == nullptr || !after.per_op || !moved(*before->per_op, *after.per_op)) continue;
    changes.push_back({after.name, *before->per_op, *after.per_op});
  }
  return changes;
}

std::optional<Percent> exact_change(const BenchmarkResult& base, const BenchmarkResult& candidate) {
  if (!base.exact || !candidate.exact) return std::nullopt;
  const bool alike = base.exact->whole() && candidate.exact->whole() &&
                     base.exact->by == candidate.exact->by &&
                     *base.exact->instructions_per_op > 0.5;
  if (!alike) return std::nullopt;
  const double before = std::round(*base.exact->instructions_per_op);
  const double after = std::round(*candidate.exact->instructions_per_op);
  return Percent{100.0 * (after - before) / before};
}

std::vector<Reason> explain(const Judged& judged) {
  std::vector<Reason> found;
  if (judged.by_instructions) found.push_back({.code = ReasonCode::decided_by_instructions});
  for (const CountChange& count : judged.counts) {
    if (std::abs(count.candidate - count.base) < 0.0005) continue;
    found.push_back({.code = ReasonCode::count_moved,
                     .numbers = {count.base, count.candidate},
                     .texts = {count.name}});
  }
  return found;
}

void note_processed(const Processed& base, const Processed& candidate, Judged& judged) {
  judged.base_processed = base;
  judged.candidate_processed = candidate;
  const auto add_if_moved = [&](const char* name, const std::optional<double>& before,
                                const std::optional<double>& after) {
    if (!before || !after || std::abs(*after - *before) <= kRounding * *before) return;
    judged.counts.push_back({name, *before, *after});
  };
  add_if_moved("bytes processed", base.bytes, candidate.bytes);
  add_if_moved("items processed", base.items, candidate.items);
}

void note_layout(Judged& judged) {
  const bool same = judged.exact_change && judged.exact_change->value == 0.0;
  if (judged.same_instructions || judged.verdict != Verdict::regressed || !same) return;
  judged.same_instructions = true;
  judged.reasons.insert(
      judged.reasons.begin(),
      {.code = ReasonCode::same_instructions, .numbers = {find(judged, kExactInstructions)->base}});
}

void warn_of_counts(const Judged& judged, Comparison& comparison) {
  if (judged.verdict != Verdict::unchanged) return;
  Reason warning{.code = ReasonCode::counts_moved, .texts = {judged.info.id.text()}};
  for (const Reason& moved : explain(judged)) {
    if (moved.code == ReasonCode::count_moved &&
        std::abs(moved.numbers[1] - moved.numbers[0]) < kCountWorthAWarning * moved.numbers[0]) {
      continue;
    }
    warning.texts.insert(warning.texts.end(), moved.texts.begin(), moved.texts.end());
    warning.numbers.insert(warning.numbers.end(), moved.numbers.begin(), moved.numbers.end());
  }
  if (!warning.numbers.empty()) comparison.warnings.push_back(std::move(warning));
}

void judge_counts(const BenchmarkResult& base, const BenchmarkResult& candidate, Judged& judged) {
  judged.counts = counts_of(base, candidate);
  note_processed(base.processed, candidate.processed, judged);
  judged.exact_change = exact_change(base, candidate);
  const bool beyond = judged.exact_change && *judged.exact_change > judged.threshold;
  if (judged.verdict == Verdict::inconclusive && judged.gates && beyond) {
    judged.verdict = Verdict::regressed;
    judged.by_instructions = true;
  }
  std::vector<Reason> moved = explain(judged);
  judged.reasons.insert(judged.reasons.begin(), moved.begin(), moved.end());
  note_layout(judged);
}

}  // namespace pulsebench::compare
