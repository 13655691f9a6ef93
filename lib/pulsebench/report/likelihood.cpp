#include "pulsebench/report/likelihood.hpp"

#include <fmt/format.h>

#include <cmath>

#include "pulsebench/report/quantity.hpp"

namespace pulsebench::report {

std::string likelihood(const compare::Judged& judged) {
  const bool regressed = judged.verdict == compare::Verdict::regressed;
  std::string text = fmt::format("z {:.1f}", judged.z);
  if (!regressed) return text;
  const double chance = 0.5 * std::erfc(judged.z / std::sqrt(2.0));
  if (chance < 1e-4) return text + ", by chance less than 1 in 10,000";
  return fmt::format("{}, by chance 1 in {}", text, grouped(std::llround(1.0 / chance)));
}

}  // namespace pulsebench::report
