#include "pulsebench/render/amount.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace pulsebench::render {
namespace {

struct Prefix {
  double scale;
  std::string_view name;
};

constexpr std::array<Prefix, 5> kBinary{{{1.0, ""},
                                         {1024.0, "Ki"},
                                         {1024.0 * 1024.0, "Mi"},
                                         {1024.0 * 1024.0 * 1024.0, "Gi"},
                                         {1024.0 * 1024.0 * 1024.0 * 1024.0, "Ti"}}};
constexpr std::array<Prefix, 5> kDecimal{
    {{1.0, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}}};

/// The largest of which the amount is one or more, once it is rounded.
const Prefix& fitting(double amount, const std::array<Prefix, 5>& prefixes) {
  const Prefix* chosen = prefixes.data();
  for (const Prefix& prefix : prefixes) {
    if (amount >= 0.9995 * prefix.scale) chosen = &prefix;
  }
  return *chosen;
}

/// Three significant digits, and none before the point is dropped.
int decimals_of(double figure) {
  if (figure < 0.9995) return 3;
  if (figure < 9.995) return 2;
  return figure < 99.95 ? 1 : 0;
}

std::string trimmed_zeros(std::string figure) {
  if (figure.find('.') == std::string::npos) return figure;
  figure.erase(figure.find_last_not_of('0') + 1);
  if (figure.back() == '.') figure.pop_back();
  return figure;
}

}  // namespace

Amount Amount::of_bytes(double bytes) {
  const Prefix& prefix = fitting(bytes, kBinary);
  return {bytes, prefix.scale, prefix.name, /*in_bytes=*/true};
}

Amount Amount::of_items(double items) {
  const Prefix& prefix = fitting(items, kDecimal);
  return {items, prefix.scale, prefix.name, /*in_bytes=*/false};
}

Amount::Amount(double amount, double scale, std::string_view prefix, bool in_bytes)
    : amount_(amount),
      scale_(scale),
      decimals_(decimals_of(amount / scale)),
      prefix_(prefix),
      in_bytes_(in_bytes) {}

std::string Amount::text() const {
  const std::string figure = trimmed_zeros(figure_of(amount_));
  if (in_bytes_) return fmt::format("{} {}B", figure, prefix_);
  const std::string_view noun = figure == "1" && prefix_.empty() ? "item" : "items";
  return fmt::format("{}{}{} {}", figure, prefix_.empty() ? "" : " ", prefix_, noun);
}

std::string Amount::per_second() const {
  if (in_bytes_) return fmt::format("{} {}B/s", figure_of(amount_), prefix_);
  return fmt::format("{}{}{} items/s", figure_of(amount_), prefix_.empty() ? "" : " ", prefix_);
}

std::string Amount::figure_of(double amount) const {
  return fmt::format("{:.{}f}", amount / scale_, decimals_);
}

}  // namespace pulsebench::render
