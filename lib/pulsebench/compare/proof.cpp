#include "pulsebench/compare/proof.hpp"

#include <algorithm>
#include <map>

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

}  // namespace pulsebench::compare
