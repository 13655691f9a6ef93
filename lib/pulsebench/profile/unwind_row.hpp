#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/unwinder.hpp"

namespace pulsebench::profile {

/// The copied part of a thread's stack.
struct StackMemory {
  std::uint64_t start = 0;
  std::span<const char> bytes = {};

  /// Empty outside the copy.
  [[nodiscard]] std::optional<std::uint64_t> read(std::uint64_t address) const;
};

/// Where the value of a register is found.
struct RegisterRule {
  enum class Kind {
    same,        ///< the callee did not change it
    saved,       ///< in memory, `offset` bytes from the canonical frame address
    expression,  ///< in memory or a value, as the expression says
  };
  Kind kind = Kind::same;
  std::int64_t offset = 0;
  std::vector<Dwarf_Op> expression = {};
};

/// How to get from a function to its caller at one address: a row of the table of DWARF 5, 6.4.1.
struct UnwindRow {
  /// Registers that a function of the x86-64 psABI keeps for its caller, and the return address.
  static constexpr std::array<std::size_t, 7> kRestored{3, 6, 12, 13, 14, 15, kProgramCounter};

  bool is_root = false;  ///< the return address is undefined: nobody called this function
  std::size_t cfa_register = kStackPointer;
  std::int64_t cfa_offset = 0;
  std::vector<Dwarf_Op> cfa_expression = {};  ///< instead, where it is not empty
  std::array<RegisterRule, kRestored.size()> rules = {};
};

/// Reads the row of a link address; empty where the file has none.
[[nodiscard]] std::optional<UnwindRow> read_unwind_row(const ElfFile& file, std::uint64_t address);

/// Replaces the registers by those of the caller; false where the copy of the stack lacks one.
[[nodiscard]] bool step_to_caller(const UnwindRow& row, const StackMemory& memory,
                                  Registers& registers);

}  // namespace pulsebench::profile
