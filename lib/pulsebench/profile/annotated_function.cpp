#include "pulsebench/profile/annotated_function.hpp"

#include <algorithm>
#include <utility>

#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

constexpr std::size_t kNamesInError = 5;

/// How well `name` names the function: 0 for not at all.
int fit_of(const ExecutedFunction& function, const std::string& name) {
  if (function.name == name) return 3;
  if (matching_name(function.name) == name) return 2;
  return function.name.find(name) != std::string::npos ? 1 : 0;
}

}  // namespace

Result<const ExecutedFunction*> find_function(const OperationProfile& profile,
                                              const std::string& name) {
  const ExecutedFunction* best = nullptr;
  int best_fit = 0;
  for (const ExecutedFunction& function : profile.functions) {  // the most instructions first
    const int fit = function.each.empty() ? 0 : fit_of(function, name);
    if (fit <= best_fit) continue;
    best = &function;
    best_fit = fit;
  }
  if (best != nullptr) return best;
  std::string names;
  for (std::size_t i = 0; i < profile.functions.size() && i < kNamesInError; ++i) {
    names += (i == 0 ? "" : ", ") + printable(short_name(profile.functions[i].name), 120);
  }
  return fail(ErrorCode::not_found, "an operation executes no function '" + printable(name) +
                                        "'; it executes the most in " + names);
}

Result<AnnotatedFunction> annotate(const OperationProfile& profile,
                                   const ExecutedFunction& function) {
  PB_TRY(auto code, disassemble(function));
  AnnotatedFunction annotated{.function = function.name,
                              .object = function.object,
                              .instructions = function.instructions,
                              .all_instructions = profile.instructions};
  for (DisassembledInstruction& one : code) {
    const auto found =
        std::ranges::lower_bound(function.each, one.address, {}, &ExecutedInstruction::address);
    const bool executed = found != function.each.end() && found->address == one.address;
    annotated.code.push_back(
        {.instruction = std::move(one), .where = executed ? found->where : std::nullopt});
  }
  return annotated;
}

}  // namespace pulsebench::profile
