#include <fmt/format.h>

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/compare/warnings.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::compare {

Result<void> comparable(const baseline::Document& base, const baseline::Document& candidate) {
  if (base.machine.key == candidate.machine.key) return {};
  std::string differing;
  for (const FactChange& fact : changed_facts(base.machine.hashed, candidate.machine.hashed)) {
    differing +=
        fmt::format("{}{} '{}' and '{}'", differing.empty() ? "" : ", ", printable(fact.name, 40),
                    printable(fact.before, 60), printable(fact.after, 60));
  }
  if (differing.empty()) {
    differing = fmt::format("keys '{}' and '{}'", printable(base.machine.key, 20),
                            printable(candidate.machine.key, 20));
  }
  return fail(ErrorCode::not_comparable,
              fmt::format("the results come from different machines ({}); measure both on one, or "
                          "compare all the same with --on-mismatch warn",
                          differing));
}

}  // namespace pulsebench::compare
