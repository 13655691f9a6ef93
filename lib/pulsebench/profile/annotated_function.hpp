#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/profile/disassembly.hpp"
#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/source_line.hpp"

namespace pulsebench::profile {

/// One instruction of a listing.
struct AnnotatedInstruction {
  DisassembledInstruction instruction = {};
  std::optional<SourceLine> where = {};
  std::uint64_t samples = 0;
};

/// The machine code of one function of a benchmark, with what an operation executes of it.
struct AnnotatedFunction {
  std::string benchmark = {};
  std::string function = {}, object = {};
  double instructions = 0.0;      ///< itself, per operation
  double all_instructions = 0.0;  ///< of all functions
  std::uint64_t samples = 0;      ///< of the operation, in all functions; 0: see `not_sampled`
  std::string not_sampled = {};   ///< why there are no samples
  std::vector<AnnotatedInstruction> code = {};
};

/// Finds the function that `name` names: its whole name, its name without arguments, or a part of
/// it, of several the one that executes the most. `not_found` where there is none, with the names
/// of the functions that execute the most.
[[nodiscard]] Result<const ExecutedFunction*> find_function(const OperationProfile& profile,
                                                            const std::string& name);

/// The listing of a function. Fails as `disassemble` does.
[[nodiscard]] Result<AnnotatedFunction> annotate(const OperationProfile& profile,
                                                 const ExecutedFunction& function);

}  // namespace pulsebench::profile
