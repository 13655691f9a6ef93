#include "pulsebench/plan/halving.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace pulsebench::plan {

std::optional<std::size_t> Halving::next() const {
  if (none_is_slow()) return std::nullopt;
  // With n candidates, n/2 rounded up answer for the older half, the middle one included.
  const std::size_t middle = first_ + (left() + 1) / 2 - 1;
  std::size_t skipped = 0;
  std::vector<std::size_t> open;
  for (std::size_t i = first_; i <= last_; ++i) {
    if (findings_[i] == Finding::skipped) ++skipped;
    if (findings_[i] == Finding::open && (i < last_ || !confirmed_)) open.push_back(i);
  }
  if (open.empty()) return std::nullopt;
  // Neighbours of a commit that does not build seldom build: each skip goes twice as far, and to
  // the other side.
  const std::size_t distance =
      skipped == 0 ? 0 : (std::size_t{1} << std::min(skipped, kFarthest)) - 1;
  const std::size_t wanted = skipped % 2 == 0 ? std::min(middle + distance, last_)
                                              : middle - std::min(distance, middle - first_);
  return *std::ranges::min_element(
      open, {}, [&](std::size_t i) { return i > wanted ? i - wanted : wanted - i; });
}

void Halving::mark(std::size_t candidate, Finding finding) {
  assert(candidate >= first_ && candidate <= last_);
  findings_[candidate] = finding;
  if (finding == Finding::slow) {
    last_ = candidate;
    confirmed_ = true;
  } else if (finding == Finding::fast) {
    first_ = candidate + 1;
  }
}

int Halving::most_steps() const {
  if (none_is_slow()) return 0;
  // Outcomes: each candidate, and none of them where the last one may be fast.
  return static_cast<int>(std::bit_width(confirmed_ ? left() - 1 : left()));
}

}  // namespace pulsebench::plan
