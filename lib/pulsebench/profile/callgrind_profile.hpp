#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::profile {

/// Events that callgrind counts. Branches are counted with `--branch-sim=yes` only, and their
/// misses are those of a simulated predictor.
struct CallgrindCosts {
  std::uint64_t instructions = 0;   ///< Ir
  std::uint64_t branches = 0;       ///< Bc and Bi
  std::uint64_t branch_misses = 0;  ///< Bcm and Bim
  std::uint64_t system_calls = 0;   ///< sysCount, with `--collect-systime` only

  CallgrindCosts& operator+=(const CallgrindCosts& other);
  bool operator==(const CallgrindCosts&) const = default;
};

/// The cost of one instruction of a function, or of one line without `--dump-instr=yes`.
struct InstructionCost {
  std::uint64_t address = 0;  ///< in the file that has it; 0 where the dump has lines only
  std::uint32_t file = 0;     ///< index into `CallgrindProfile::files`
  int line = 0;               ///< 0: unknown
  CallgrindCosts costs = {};
};

/// All calls from one instruction to one function.
struct CallCost {
  std::uint64_t address = 0;       ///< of the instruction that calls
  std::uint32_t callee = 0;        ///< index into `CallgrindProfile::functions`
  std::uint64_t instructions = 0;  ///< of the callee and its callees
};

struct FunctionCost {
  std::string name;    ///< demangled; recursions are merged
  std::string object;  ///< path of the program or library
  std::uint32_t file = 0;
  CallgrindCosts self = {};
  std::vector<InstructionCost> instructions = {};  ///< by address and line
  std::vector<CallCost> calls = {};                ///< in the order of the dump
};

/// What one dump says of each function.
struct CallgrindProfile {
  std::vector<std::string> files = {};
  std::vector<FunctionCost> functions = {};  ///< in the order of the dump
};

/// Reads a whole dump (Callgrind Format Specification, valgrind 3.19). `bad_input` where it is
/// truncated, its positions are neither `line` nor `instr line`, or the costs of its functions do
/// not add up to its total.
[[nodiscard]] Result<CallgrindProfile> read_callgrind_profile(std::string_view text);

}  // namespace pulsebench::profile
