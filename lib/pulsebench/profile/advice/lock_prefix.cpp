#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {
namespace {

/// `xchg` with memory locks without a prefix.
bool locks(const DisassembledInstruction& one) {
  return one.mnemonic.starts_with("lock") || one.mnemonic == "mfence" ||
         (one.mnemonic.starts_with("xchg") && one.operands.find('(') != std::string::npos);
}

}  // namespace

std::optional<Advice> advise_on_lock_prefix(const Evidence& evidence) {
  const Found found = find_instructions(evidence, locks);
  if (found.executions < 0.99) return std::nullopt;
  return Advice{
      .what = "the operation executes locked instructions",
      .function = found.in->function->name,
      .where = line_at(*found.in->function, found.most->address),
      .evidence = fmt::format("{:.3g} per operation, such as {}; one takes {:.3g} ns "
                              "here, without contention",
                              found.executions, found.most->mnemonic, evidence.prices.locked),
      .remedy =
          "with one writer, a relaxed load and a release store do; with several, "
          "give each thread a counter of its own",
      .gain_ns = found.executions * evidence.prices.locked};
}

}  // namespace pulsebench::profile
