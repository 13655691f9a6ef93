#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/profile/frame.hpp"

namespace pulsebench::profile {

/// What another tool says of one stack.
struct ToolFinding {
  std::string kind = {};  ///< "definitely lost"; empty where the tool has one kind
  double blocks = 0.0;    ///< 0 where the tool does not count them
  double bytes = 0.0;
  std::vector<Frame> frames = {};  ///< the innermost first
};

/// Files of other tools are refused beyond these bounds.
inline constexpr std::size_t kMostFindings = 100'000;
inline constexpr std::size_t kMostToolFrames = 500;

/// `0x109709: op(int) (mem.cpp:15)` of valgrind's tools: the function, and its file and line where
/// they are known.
[[nodiscard]] Frame read_valgrind_frame(std::string_view text);

/// A whole number without a sign, to its first other character; empty where there is none, or it
/// has more than 18 digits.
[[nodiscard]] std::optional<unsigned long long> read_count(std::string_view text);

}  // namespace pulsebench::profile
