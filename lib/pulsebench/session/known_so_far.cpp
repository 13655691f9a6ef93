#include "pulsebench/session/known_so_far.hpp"

namespace pulsebench::session {

void KnownSoFar::update(std::size_t subject, const compare::LiveDecision& decision) {
  --counts_[findings_[subject]];
  findings_[subject] = finding_of(decision);
  ++counts_[findings_[subject]];
}

KnownSoFar::Finding KnownSoFar::finding_of(const compare::LiveDecision& decision) {
  if (!decision.decided()) {
    const bool enough = decision.blocks() >= decision.rule().least_blocks;
    return enough && decision.change() > decision.rule().threshold ? kSuspect : kNothing;
  }
  switch (decision.verdict()) {
    case compare::Verdict::unchanged:
      return kUnchanged;
    case compare::Verdict::improved:
      return kImproved;
    case compare::Verdict::regressed:
      return kRegressed;
    case compare::Verdict::inconclusive:
    case compare::Verdict::not_judged:
      break;
  }
  return kInconclusive;
}

std::string KnownSoFar::text() const {
  constexpr std::array<const char*, kFindings> kWords{
      "", "unchanged", "improved", "inconclusive", "suspect", "regressed"};
  std::string text;
  for (std::size_t i = kUnchanged; i < kFindings; ++i) {
    if (counts_[i] == 0) continue;
    const char* const plural = i == kSuspect && counts_[i] > 1 ? "s" : "";
    text += (text.empty() ? "" : ", ") + std::to_string(counts_[i]) + " " + kWords[i] + plural;
  }
  return text;
}

}  // namespace pulsebench::session
