#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pulsebench/profile/advice/advice.hpp"
#include "pulsebench/profile/loops.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kLeastScalarShare = 0.5, kFewestScalarTurns = 8.0;
constexpr std::size_t kLongestBody = 40;  // instructions
constexpr double kScalarGain = 0.5;       // of the loop: two numbers at once, the fewest

/// "addsd", "vmulss": arithmetic of one floating-point number.
bool is_scalar(const std::string& mnemonic) {
  const std::string_view name =
      std::string_view{mnemonic}.substr(mnemonic.starts_with('v') ? 1 : 0);
  constexpr std::array kKinds{"add", "sub", "mul", "max", "min"};
  return (name.ends_with("sd") || name.ends_with("ss")) &&
         std::ranges::any_of(kKinds, [&](const char* kind) { return name.starts_with(kind); });
}

/// "addpd", "paddd", "vpaddq": arithmetic of several numbers.
bool is_packed(const std::string& mnemonic) {
  const std::string_view name =
      std::string_view{mnemonic}.substr(mnemonic.starts_with('v') ? 1 : 0);
  return name.ends_with("pd") || name.ends_with("ps") || name.starts_with("padd") ||
         name.starts_with("psub") || name.starts_with("pmul");
}

bool is_other_work(const std::string& mnemonic) {
  return mnemonic.find("call") != std::string::npos || mnemonic.find("div") != std::string::npos ||
         mnemonic.starts_with("lock");
}

/// Reads memory into arithmetic: "add (%rdi,%rax,8),%rcx", "addsd (%rdi),%xmm0".
bool reads(const DisassembledInstruction& one) {
  const std::size_t open = one.operands.find('(');
  const bool first = open != std::string::npos && one.operands.find("),") != std::string::npos;
  return first && !one.mnemonic.starts_with("lea") && !one.mnemonic.starts_with("nop");
}

/// The step of a pointer or of an index: 4 or 8 bytes, or one element.
bool steps(const DisassembledInstruction& one) {
  return (one.mnemonic.starts_with("add") &&
          (one.operands.starts_with("$0x8,%r") || one.operands.starts_with("$0x4,%r") ||
           one.operands.starts_with("$0x1,%r"))) ||
         one.mnemonic.starts_with("inc");
}

bool sums_integers(const DisassembledInstruction& one) {
  return one.mnemonic.starts_with("add") && reads(one);
}

}  // namespace

std::optional<Advice> advise_on_vectorisation(const Evidence& evidence) {
  for (const HotFunction& hot : evidence.hot) {
    const auto loop = hottest_loop(hot.code);
    if (!loop || evidence.share(loop->instructions) < kLeastScalarShare) continue;
    if (loop->iterations() < kFewestScalarTurns || loop->body.size() > kLongestBody) continue;
    const auto any = [&](auto is_one) { return std::ranges::any_of(loop->body, is_one); };
    const auto name_is = [](bool (*is_one)(const std::string&)) {
      return [is_one](const DisassembledInstruction& one) { return is_one(one.mnemonic); };
    };
    const bool floating = any(name_is(is_scalar));
    const bool scalar = (floating && any(reads)) || any(sums_integers);
    if (!scalar || !any(steps) || any(name_is(is_packed)) || any(name_is(is_other_work))) continue;
    return Advice{
        .what = "a loop over memory works on one number at a time",
        .function = hot.function->name,
        .where = line_at(*hot.function, loop->head()),
        .evidence = fmt::format("{:.3g} turns per operation with scalar instructions have "
                                "{:.0f} % of the instructions",
                                loop->iterations(), 100.0 * evidence.share(loop->instructions)),
        .remedy = floating ? "build with -O3, and with -fassociative-math where the order "
                             "of additions does not matter"
                           : "build with -O3; -fopt-info-vec-missed says what prevents it",
        .gain_ns = kScalarGain * evidence.ns_of(loop->instructions),
        .confidence = Confidence::possible};
  }
  return std::nullopt;
}

}  // namespace pulsebench::profile
