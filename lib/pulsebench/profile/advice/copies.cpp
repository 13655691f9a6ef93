#include <fmt/format.h>

#include "pulsebench/profile/advice/advice.hpp"

namespace pulsebench::profile {
namespace {

bool copies(std::string_view name) {
  return name.find("memcpy") != std::string_view::npos ||
         name.find("memmove") != std::string_view::npos;
}

}  // namespace

std::optional<Advice> advise_on_copies(const Evidence& evidence) {
  constexpr double kLeastShare = 0.1;
  double instructions = 0.0;
  for (const ExecutedFunction& function : evidence.profile.functions) {
    if (copies(function.name)) instructions += function.instructions;
  }
  if (evidence.share(instructions) < kLeastShare) return std::nullopt;
  Advice advice{.what = "the operation copies memory",
                .evidence = fmt::format("{:.0f} % of the instructions are in memcpy or memmove, "
                                        "which is {:.3g} instructions per operation",
                                        100.0 * evidence.share(instructions), instructions),
                .remedy =
                    "pass the object by reference, move it, or keep a view of it (std::span, "
                    "std::string_view)",
                .gain_ns = evidence.ns_of(instructions)};
  double most = 0.0;
  for (const ExecutedFunction& function : evidence.profile.functions) {
    for (const ExecutedCall& call : function.calls) {
      if (copies(function.name) || !copies(call.callee) || call.instructions <= most) continue;
      most = call.instructions;
      advice.function = function.name;
      advice.where = line_at(function, call.address);
    }
  }
  return advice;
}

}  // namespace pulsebench::profile
