#include "pulsebench/report/p_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pulsebench/render/quantity.hpp"

namespace pulsebench::report {
namespace {

constexpr double kLeastShown = 1e-4;

/// With two significant digits.
std::string shown(double p) {
  if (p < kLeastShown) return "p < 0.0001";
  const int decimals = std::max(1, 1 - static_cast<int>(std::floor(std::log10(p))));
  return fmt::format("p = {:.{}f}", p, decimals);
}

}  // namespace

std::string describe_p_value(const compare::Judged& judged) {
  if (!judged.p_value) return {};
  return fmt::format("{}, family of {}", shown(*judged.p_value),
                     render::format_count(judged.family));
}

}  // namespace pulsebench::report
