#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::code {

struct ChangedFunction {
  std::uint64_t address = 0;  ///< where it is entered, in the file
  std::string name;           ///< as the linker knows it

  bool operator==(const ChangedFunction&) const = default;
};

/// The functions of two builds of a program that are not the same on the other side: another
/// machine code, other constants or initial values, or none there. Empty where both are the same.
struct CodeDifference {
  std::array<std::vector<ChangedFunction>, 2> sides;  ///< old, new; by address
};

/// A build, and the words that are its own, as the folder in which it was made: they are left out
/// of its texts.
struct BuiltProgram {
  std::string path;
  std::vector<std::string> own_words = {};
};

/// Compares two builds function by function, whatever their places. Functions with equal code and
/// equal names of what they refer to are the same where all objects are that they refer to, also
/// through pointers. An error says why that is unknown, as of a stripped program: every benchmark
/// counts as changed then.
[[nodiscard]] Result<CodeDifference> difference_of(const BuiltProgram& old_build,
                                                   const BuiltProgram& new_build);

}  // namespace pulsebench::code
