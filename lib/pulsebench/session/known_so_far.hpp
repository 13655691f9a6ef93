#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "pulsebench/compare/live_decision.hpp"

namespace pulsebench::session {

/// What a paired run knows of its subjects while it measures.
class KnownSoFar {
 public:
  explicit KnownSoFar(std::size_t subjects) : findings_(subjects, kNothing) {}

  /// To be called after each block of the subject.
  void update(std::size_t subject, const compare::LiveDecision& decision);

  /// "3 unchanged, 1 suspect": how many decisions are taken, and how many are open while the median
  /// of their blocks lies beyond the threshold. Empty where nothing is known.
  [[nodiscard]] std::string text() const;

 private:
  enum Finding : std::size_t {
    kNothing,
    kUnchanged,
    kImproved,
    kInconclusive,
    kSuspect,
    kRegressed,
    kFindings
  };
  [[nodiscard]] static Finding finding_of(const compare::LiveDecision& decision);

  std::vector<Finding> findings_;
  std::array<int, kFindings> counts_{};
};

}  // namespace pulsebench::session
