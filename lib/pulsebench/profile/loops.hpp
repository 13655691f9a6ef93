#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "pulsebench/profile/disassembly.hpp"

namespace pulsebench::profile {

/// A loop of machine code: from the target of a backward jump to the jump.
struct Loop {
  std::span<const DisassembledInstruction> body = {};
  double instructions = 0.0;  ///< executed in it, per operation
  std::uint64_t bytes = 0;    ///< to the end of the jump

  [[nodiscard]] double iterations() const { return body.back().executions; }
  [[nodiscard]] std::uint64_t head() const { return body.front().address; }
};

/// The innermost loop that executes the most; absent without any. The loop refers to `code`.
[[nodiscard]] std::optional<Loop> hottest_loop(std::span<const DisassembledInstruction> code);

}  // namespace pulsebench::profile
