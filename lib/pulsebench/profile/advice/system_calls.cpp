#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {

std::optional<Advice> advise_on_system_calls(const Evidence& evidence) {
  double calls = 0.0;
  const ExecutedFunction* most = nullptr;
  for (const ExecutedFunction& function : evidence.profile.functions) {
    if (function.system_calls <= 0.0) continue;
    calls += function.system_calls;
    if (most == nullptr || function.system_calls > most->system_calls) most = &function;
  }
  if (calls < 0.99) return std::nullopt;
  return Advice{
      .what = "the operation calls the kernel",
      .function = most->name,
      .where = most->where,
      .evidence = fmt::format("{:.3g} system calls per operation; the shortest takes {:.3g} "
                              "ns here",
                              calls, evidence.prices.system_call),
      .remedy =
          "call it once for several operations, keep its result, or move it to "
          "another thread",
      .gain_ns = calls * evidence.prices.system_call};
}

}  // namespace pulsebench::profile
