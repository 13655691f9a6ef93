#include "claims.hpp"
#include "pulsebench/profile/callgrind_profile.hpp"
#include "pulsebench/profile/operation_profile.hpp"
#include "pulsebench/run/exact_count.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pulsebench;
  const auto text = fuzz::text_of(data, size);
  const auto totals = run::read_callgrind_dump(text);
  fuzz::require(!totals || size > 0, "nothing has no totals");
  const auto profile = profile::read_callgrind_profile(text);
  if (!profile) return fuzz::require_clear_line(profile.error()), 0;
  for (const profile::FunctionCost& function : profile->functions) {
    fuzz::require(function.file < profile->files.size(), "a function has a file");
    std::uint64_t sum = 0;
    for (const profile::InstructionCost& one : function.instructions) {
      fuzz::require(one.file < profile->files.size(), "an instruction has a file");
      sum += one.costs.instructions;
    }
    fuzz::require(sum == function.self.instructions, "the costs of a function add up");
    for (const profile::CallCost& call : function.calls) {
      fuzz::require(call.callee < profile->functions.size(), "a call has a callee");
    }
  }
  const auto operation = profile::profile_of_operation(*profile, *profile, 1);
  fuzz::require(operation.functions.empty(), "a dump differs from itself in nothing");
  return 0;
}
