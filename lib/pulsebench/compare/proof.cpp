#include "pulsebench/compare/proof.hpp"

#include <algorithm>
#include <map>

#include "pulsebench/stats/binomial.hpp"

namespace pulsebench::compare {
namespace {

void add(ProofRow& row, const Decided& decided) {
  ++row.decisions;
  row.regressed += decided.verdict == Verdict::regressed ? 1 : 0;
  row.improved += decided.verdict == Verdict::improved ? 1 : 0;
  row.unchanged += decided.verdict == Verdict::unchanged ? 1 : 0;
  row.inconclusive += decided.verdict == Verdict::inconclusive ? 1 : 0;
  row.mean_seconds += (decided.seconds - row.mean_seconds) / row.decisions;
  row.worst_seconds = std::max(row.worst_seconds, decided.seconds);
}

}  // namespace

std::vector<ProofRow> tally(std::span<const Decided> decisions) {
  std::map<std::pair<Percent, Percent>, ProofRow> rows;
  for (const Decided& decided : decisions) {
    ProofRow& row = rows[{decided.threshold, decided.injected}];
    row.threshold = decided.threshold;
    row.injected = decided.injected;
    add(row, decided);
  }
  std::vector<ProofRow> sorted;
  for (const auto& [key, row] : rows) sorted.push_back(row);
  return sorted;
}

Rate rate_of(int n, int all) {
  if (all == 0) return {};
  const auto interval = stats::wilson_interval(n, all, 0.95);
  return {.n = n, .all = all, .low = interval.low, .high = interval.high};
}

}  // namespace pulsebench::compare
