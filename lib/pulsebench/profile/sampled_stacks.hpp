#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "pulsebench/profile/frame.hpp"
#include "pulsebench/profile/stack_tree.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::profile {

/// Every frame of a profile once, by number.
class FrameTable {
 public:
  [[nodiscard]] std::uint32_t number_of(const Frame& frame);
  [[nodiscard]] const Frame& operator[](std::uint32_t number) const { return frames_[number]; }
  [[nodiscard]] const std::vector<Frame>& all() const { return frames_; }

 private:
  std::vector<Frame> frames_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

/// Frames by number, the innermost first; the last one runs the operations.
using FrameNumbers = std::vector<std::uint32_t>;

/// Samples of one process.
struct LaunchSamples {
  std::map<FrameNumbers, std::uint64_t> stacks = {};
  std::uint64_t samples = 0;    ///< of the operations: those in `stacks`
  std::uint64_t outside = 0;    ///< of other code of the process
  std::uint64_t truncated = 0;  ///< stacks that ended too early, so that callers are missing
  double p25_ns_per_op = 0.0;   ///< of slices that were not sampled
  /// Samples of the operations at each address of the file that `StackReader` was told.
  std::map<std::uint64_t, std::uint64_t> addresses = {};

  /// Adds the samples of another process of the same launch.
  void add(const LaunchSamples& more);
};

/// Which figure a share of a stack's samples goes to.
enum class SpotsBy {
  function,  ///< the function that has the code, with what is inlined into it
  inlined,   ///< inlined functions are functions of their own
  line,      ///< of the source
};

/// What a frame is called among the spots; empty for an inlined frame that counts for its function.
[[nodiscard]] std::string spot_of(const Frame& frame, SpotsBy by);

/// A tree of all launches' stacks. `inlined`: inlined functions are nodes.
[[nodiscard]] StackTree tree_of(const FrameTable& frames,
                                const std::vector<LaunchSamples>& launches, bool inlined);

}  // namespace pulsebench::profile

namespace pulsebench {

template <>
inline constexpr auto kNames<profile::SpotsBy> =
    std::to_array<Named<profile::SpotsBy>>({{profile::SpotsBy::function, "function"},
                                            {profile::SpotsBy::inlined, "inlined"},
                                            {profile::SpotsBy::line, "line"}});

}  // namespace pulsebench
