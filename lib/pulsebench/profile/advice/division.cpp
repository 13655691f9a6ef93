#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {
namespace {

bool divides(const DisassembledInstruction& one) {
  return one.mnemonic == "div" || one.mnemonic == "idiv" || one.mnemonic.starts_with("divq") ||
         one.mnemonic.starts_with("idivq") || one.mnemonic.starts_with("divl") ||
         one.mnemonic.starts_with("idivl");
}

}  // namespace

std::optional<Advice> advise_on_division(const Evidence& evidence) {
  const Found found = find_instructions(evidence, divides);
  if (found.executions < 0.99) return std::nullopt;
  return Advice{
      .what = "the operation divides integers",
      .function = found.in->function->name,
      .where = line_at(*found.in->function, found.most->address),
      .evidence = fmt::format("{:.3g} divisions per operation; one of 64 bits takes {:.3g} ns here",
                              found.executions, evidence.prices.division),
      .remedy =
          "make the divisor a constant, use a power of two and a mask, or multiply by a "
          "reciprocal that is computed once",
      .gain_ns = found.executions * evidence.prices.division};
}

}  // namespace pulsebench::profile
