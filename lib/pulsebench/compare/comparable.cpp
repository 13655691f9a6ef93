#include <cmath>

#include <fmt/format.h>

#include "pulsebench/compare/compare.hpp"
#include "pulsebench/compare/pairing.hpp"
#include "pulsebench/compare/warnings.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::compare {
namespace {

/// What is corrected is an estimate: code follows the clock only in part.
constexpr double kLargestClockRatio = 2.0;

Result<void> check_clocks(const baseline::Document& base, const baseline::Document& candidate) {
  const double ratio = std::exp(std::abs(reference_log_ratio(base, candidate)));
  if (ratio <= kLargestClockRatio) return {};
  return fail(
      ErrorCode::not_comparable,
      fmt::format("the clocks of the two results differ by a factor of {:.3g}, and up to {} "
                  "is corrected; measure both again, or compare all the same with "
                  "--on-mismatch warn",
                  ratio, kLargestClockRatio));
}

}  // namespace

Result<void> comparable(const baseline::Document& base, const baseline::Document& candidate) {
  if (base.machine.key == candidate.machine.key) return check_clocks(base, candidate);
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
