#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {
namespace {

bool goes_through_plt(const DisassembledInstruction& one) {
  return (one.mnemonic.ends_with("call") || one.mnemonic.ends_with("jmp")) &&
         one.target.find("@plt") != std::string::npos;
}

}  // namespace

std::optional<Advice> advise_on_plt_calls(const Evidence& evidence) {
  constexpr double kInstructions = 2.0;  // of an entry of the PLT: endbr64 and a jump
  const Found found = find_instructions(evidence, goes_through_plt);
  if (found.executions < 0.99) return std::nullopt;
  const std::string function = found.most->target.substr(0, found.most->target.find("@plt"));
  return Advice{
      .what = "calls go through the procedure linkage table (PLT)",
      .function = found.in->function->name,
      .where = line_at(*found.in->function, found.most->address),
      .evidence = fmt::format("{:.3g} per operation, such as of {}; each executes up to two more "
                              "instructions",
                              found.executions, function),
      .remedy =
          "build with -fno-plt, link that library statically, or hide symbols that "
          "only this library calls (-fvisibility=hidden)",
      .gain_ns = evidence.ns_of(kInstructions * found.executions),
      .confidence = Confidence::possible};
}

}  // namespace pulsebench::profile
