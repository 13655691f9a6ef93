#pragma once

namespace pulsebench::plan {

/// Limit on the blocks of a benchmark without a verdict. After `enough_blocks`, which usually
/// decide, it continues until `enough_seconds`: a block takes a few milliseconds, or many for a
/// slow benchmark.
struct Effort {
  int most_blocks = 256;
  int enough_blocks = 128;      ///< after so many it ends, but not before
  double enough_seconds = 3.0;  ///< so much time

  /// True if there is no block after `blocks`, which took `seconds`.
  [[nodiscard]] constexpr bool spent(int blocks, double seconds) const {
    return blocks >= most_blocks || (blocks >= enough_blocks && seconds >= enough_seconds);
  }
};

/// A fixed number of blocks, regardless of time.
[[nodiscard]] constexpr Effort exactly(int blocks) {
  return {.most_blocks = blocks, .enough_blocks = blocks};
}

}  // namespace pulsebench::plan
