#include "pulsebench/render/amount.hpp"

#include <fmt/format.h>

#include <array>

#include "pulsebench/render/quantity.hpp"

namespace pulsebench::render {

Amount Amount::of_bytes(double bytes) { return {bytes, 1024.0, {"", "Ki", "Mi", "Gi", "Ti"}}; }

Amount Amount::of_items(double items) { return {items, 1000.0, {"", "k", "M", "G", "T"}}; }

Amount::Amount(double amount, double base, const std::array<const char*, 5>& prefixes)
    : amount_(amount), in_bytes_(base > 1000.0) {
  std::size_t i = 0;
  for (; i + 1 < prefixes.size() && amount >= 0.9995 * base * scale_; ++i) scale_ *= base;
  prefix_ = prefixes[i];
}

std::string Amount::text() const {
  const std::string figure = without_trailing_zeros(figure_of(amount_));
  if (in_bytes_) return fmt::format("{} {}B", figure, prefix_);
  const std::string_view noun = figure == "1" && prefix_.empty() ? "item" : "items";
  return fmt::format("{}{}{} {}", figure, prefix_.empty() ? "" : " ", prefix_, noun);
}

std::string Amount::per_second() const {
  if (in_bytes_) return fmt::format("{} {}B/s", figure_of(amount_), prefix_);
  return fmt::format("{}{}{} items/s", figure_of(amount_), prefix_.empty() ? "" : " ", prefix_);
}

std::string Amount::figure_of(double amount) const {
  return fmt::format("{:.{}f}", amount / scale_, decimals_for(amount_ / scale_));
}

}  // namespace pulsebench::render
