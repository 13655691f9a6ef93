#pragma once

#include <vector>

#include "pulsebench/profile/function_change.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

inline constexpr double kBlockSeconds = 0.19;  ///< of measuring, a side

/// Both sides of a benchmark, and how long they are sampled.
struct SampledSides {
  run::Source old_source, new_source;
  BenchmarkId id;
  profile::SpotsBy by = profile::SpotsBy::function;
  double seconds = 30.0;  ///< no block starts after that
  int rate = 5000;        ///< samples a second
  bool by_timer = false;
  std::vector<int> cpus = {};  ///< of a benchmark with several threads
};

/// Samples both sides block by block: a process of each in the same layout, in random order. Ends
/// once four fifths of the operation's difference are explained by functions, after
/// `sides.seconds`, or at a signal; takes six blocks at least. Both profiles have equally many
/// processes afterwards.
[[nodiscard]] Result<void> sample_blocks(const Session& session, run::Launcher& launcher,
                                         const run::Interrupt& interrupt, const SampledSides& sides,
                                         profile::CpuProfile& old_side,
                                         profile::CpuProfile& new_side);

}  // namespace pulsebench::session
