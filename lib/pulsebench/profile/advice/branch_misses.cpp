#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {

std::optional<Advice> advise_on_branch_misses(const Evidence& evidence) {
  constexpr double kFewest = 0.2;  // per operation
  double misses = 0.0;
  const HotFunction* in = nullptr;
  const DisassembledInstruction* most = nullptr;
  for (const HotFunction& hot : evidence.hot) {
    for (const DisassembledInstruction& one : hot.code) {
      // A backward jump closes a loop: it misses once, where the loop ends.
      const bool forward = one.mnemonic.starts_with('j') && one.target_address > one.address;
      if (!forward || one.branch_misses <= 0.0) continue;
      misses += one.branch_misses;
      if (most != nullptr && most->branch_misses >= one.branch_misses) continue;
      in = &hot;
      most = &one;
    }
  }
  if (misses < kFewest) return std::nullopt;
  return Advice{.what = "branches are mispredicted",
                .function = in->function->name,
                .where = line_at(*in->function, most->address),
                .evidence = fmt::format("{:.3g} misses per operation of a simulated predictor, "
                                        "which may be worse than that of the CPU; a miss takes "
                                        "{:.3g} ns here",
                                        misses, evidence.prices.branch_miss),
                .remedy =
                    "compute both results and select one, sort the data by the condition, or "
                    "look the result up in a table",
                .gain_ns = misses * evidence.prices.branch_miss,
                .confidence = Confidence::possible};
}

}  // namespace pulsebench::profile
