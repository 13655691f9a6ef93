#include "pulsebench/report/rate.hpp"

#include <fmt/format.h>

namespace pulsebench::report {

std::string rate_text(const compare::Rate& rate) {
  if (rate.all == 0) return "";
  if (rate.n == 0) return fmt::format("0 %, at most {:.1f} %", 100.0 * rate.high);
  if (rate.n == rate.all) return fmt::format("100 %, at least {:.1f} %", 100.0 * rate.low);
  return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100.0 * rate.share(), 100.0 * rate.low,
                     100.0 * rate.high);
}

}  // namespace pulsebench::report
