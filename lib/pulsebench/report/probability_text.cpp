#include "pulsebench/report/probability_text.hpp"

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

std::string rate_text(const compare::Rate& rate) {
  if (rate.all == 0) return "";
  if (rate.n == 0) return fmt::format("0 %, at most {:.1f} %", 100.0 * rate.high);
  if (rate.n == rate.all) return fmt::format("100 %, at least {:.1f} %", 100.0 * rate.low);
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100.0 * rate.share(), 100.0 * rate.low,
                     100.0 * rate.high);
}

}  // namespace pulsebench::report
