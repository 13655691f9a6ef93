#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pulsebench/code/operand.hpp"
#include "pulsebench/code/program_image.hpp"

namespace pulsebench::code {

/// The machine code of a program, by address.
class ProgramCode {
 public:
  /// Disassembles by objdump. `not_found` where it is not installed, `child_failed` where it cannot
  /// read the program.
  [[nodiscard]] static Result<ProgramCode> read(const ProgramImage& image);

  /// Gives `image` a symbol for each piece of code without one, but for padding and the entries of
  /// the procedure linkage table.
  void name_the_rest(ProgramImage& image) const;

  /// The instructions of a function.
  [[nodiscard]] std::span<const Instruction> of(const ImageSymbol& function) const;
  /// The address behind an instruction of `of`.
  [[nodiscard]] std::uint64_t behind(const Instruction& instruction) const;

 private:
  std::vector<Instruction> instructions_;
};

}  // namespace pulsebench::code
