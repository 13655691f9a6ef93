#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// One machine instruction, as objdump prints it.
struct DisassembledInstruction {
  std::uint64_t address = 0;
  std::string mnemonic = {};  ///< "lock cmpxchg" with its prefix
  std::string operands = {};  ///< AT&T syntax, without comments
  std::string target = {};    ///< symbol of a jump or call, with its offset; empty: none
  std::uint64_t target_address = 0;
  double executions = 0.0;     ///< per operation
  double branch_misses = 0.0;  ///< simulated
};

/// Reads what `objdump --disassemble` writes. Lines that are no instructions are skipped.
[[nodiscard]] std::vector<DisassembledInstruction> read_objdump(std::string_view text);

/// The machine code of a function from the first to the last instruction that an operation
/// executes, with their executions. `not_found` where objdump is not installed, `child_failed`
/// where it cannot read the file.
[[nodiscard]] Result<std::vector<DisassembledInstruction>> disassemble(
    const ExecutedFunction& function);

}  // namespace pulsebench::profile
