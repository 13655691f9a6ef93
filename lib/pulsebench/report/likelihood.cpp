#include "pulsebench/report/likelihood.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pulsebench/render/quantity.hpp"

namespace pulsebench::report {

namespace {

std::string by_chance(double chance) {
  if (chance < 1e-4) return "by chance less than 1 in 10,000";
  return fmt::format("by chance 1 in {}", render::grouped(std::llround(1.0 / chance)));
}

}  // namespace

std::string likelihood(const compare::Judged& judged) {
  const bool regressed = judged.verdict == compare::Verdict::regressed;
  if (judged.live) {
    return regressed ? by_chance(std::min(1.0, 2.0 * std::exp(-judged.live->log_evidence)))
                     : std::string{};
  }
  std::string text = fmt::format("z {:.1f}", judged.z);
  if (!regressed) return text;
  return text + ", " + by_chance(0.5 * std::erfc(judged.z / std::sqrt(2.0)));
}

}  // namespace pulsebench::report
