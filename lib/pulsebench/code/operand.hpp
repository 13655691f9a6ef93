#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "pulsebench/profile/disassembly.hpp"

/// What the instructions of x86-64 refer to, read from objdump's AT&T syntax.
namespace pulsebench::code {

using Instruction = profile::DisassembledInstruction;

/// Whether it does nothing and is there to place the next one.
[[nodiscard]] bool is_padding(const Instruction& instruction);

/// Whether objdump did not understand its bytes.
[[nodiscard]] bool is_unreadable(const Instruction& instruction);

/// Whether it jumps to an address that is in a register or in memory, as a `switch` does.
[[nodiscard]] bool jumps_indirectly(const Instruction& instruction);

/// An operand that is relative to the instruction pointer.
struct MemoryOperand {
  std::uint64_t address = 0;
  std::size_t begin = 0, end = 0;  ///< where it stands in `operands`
  /// Bytes that the instruction reads or writes there, or more; 0 where it takes the address.
  std::uint64_t size = 0;
};

/// `next` is the address behind the instruction. Nothing where it has no such operand.
[[nodiscard]] std::optional<MemoryOperand> memory_operand(const Instruction& instruction,
                                                          std::uint64_t next);

}  // namespace pulsebench::code
