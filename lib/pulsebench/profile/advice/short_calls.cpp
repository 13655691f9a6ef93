#include <fmt/format.h>

#include <algorithm>

#include "pulsebench/profile/advice/advice.hpp"
#include "pulsebench/profile/short_name.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kShort = 20.0;             // instructions of a call
constexpr double kOncePerOperation = 0.99;  // per operation

const ExecutedCall* call_at(const ExecutedFunction& function, std::uint64_t address) {
  const auto found = std::ranges::find(function.calls, address, &ExecutedCall::address);
  return found == function.calls.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Advice> advise_on_short_calls(const Evidence& evidence) {
  std::optional<Advice> best;
  for (const HotFunction& hot : evidence.hot) {
    for (const DisassembledInstruction& one : hot.code) {
      // A call by a register or by memory is virtual; one into another library is the PLT's.
      const bool is_direct = one.mnemonic == "call" && !one.target.empty() &&
                             one.target.find("@plt") == std::string::npos;
      if (!is_direct || one.executions < kOncePerOperation) continue;
      const ExecutedCall* const call = call_at(*hot.function, one.address);
      if (call == nullptr || call->callee_object != hot.function->object) continue;
      const double each = call->instructions / one.executions;
      const double gain = one.executions * evidence.prices.call;
      if (each >= kShort || (best && best->gain_ns >= gain)) continue;
      best = Advice{.what = "a short function is called, not inlined",
                    .function = hot.function->name,
                    .where = line_at(*hot.function, one.address),
                    .evidence = fmt::format(
                        "{} is called {:.3g} times per operation and executes {:.3g} "
                        "instructions a call; a call with its return takes {:.3g} ns here",
                        short_name(call->callee), one.executions, each, evidence.prices.call),
                    .remedy = "define the function where it is called, or build with -flto",
                    .gain_ns = gain};
    }
  }
  return best;
}

}  // namespace pulsebench::profile
