#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/callgrind_profile.hpp"
#include "pulsebench/vocabulary/source_line.hpp"

namespace pulsebench::profile {

/// What one operation executes of one instruction.
struct ExecutedInstruction {
  std::uint64_t address = 0;
  std::optional<SourceLine> where = {};
  double executions = 0.0, branches = 0.0, branch_misses = 0.0;  ///< per operation
};

/// What one operation calls from one instruction.
struct ExecutedCall {
  std::uint64_t address = 0;
  std::string callee, callee_object;
  double instructions = 0.0;  ///< of the callee and its callees, per operation
};

/// What one operation executes of one function.
struct ExecutedFunction {
  std::string name, object;
  std::optional<SourceLine> where = {};  ///< where it begins; empty: unknown
  double instructions = 0.0;             ///< itself, per operation
  double branch_misses = 0.0;            ///< simulated
  double system_calls = 0.0;
  std::vector<ExecutedInstruction> each = {};  ///< by address
  std::vector<ExecutedCall> calls = {};
};

/// What one operation executes, exactly: the difference of two dumps over that of their operations,
/// so that nothing that happens once is in it.
struct OperationProfile {
  std::uint64_t operations = 0;                  ///< that were counted
  double instructions = 0.0;                     ///< of all functions
  std::vector<ExecutedFunction> functions = {};  ///< the most instructions first; none without any
};

/// `more` has `operations` operations more than `few`. Precondition: `operations` > 0.
[[nodiscard]] OperationProfile profile_of_operation(const CallgrindProfile& few,
                                                    const CallgrindProfile& more,
                                                    std::uint64_t operations);

}  // namespace pulsebench::profile
