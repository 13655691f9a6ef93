#pragma once

namespace pulsebench::plan {

/// How long two sides of a benchmark are measured against each other before it is left open. As
/// many blocks as usually decide, and then on for as long as that has not taken long: a block of a
/// quick benchmark takes a few milliseconds, of a slow one many.
struct Effort {
  int most_blocks = 256;
  int enough_blocks = 128;      ///< after so many it ends
  double enough_seconds = 3.0;  ///< once they have taken so long

  /// Whether no block comes after `blocks` of them, which took `seconds`.
  [[nodiscard]] constexpr bool spent(int blocks, double seconds) const {
    return blocks >= most_blocks || (blocks >= enough_blocks && seconds >= enough_seconds);
  }
};

/// So many blocks, however long they take.
[[nodiscard]] constexpr Effort exactly(int blocks) {
  return {.most_blocks = blocks, .enough_blocks = blocks};
}

}  // namespace pulsebench::plan
