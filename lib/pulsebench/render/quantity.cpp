#include "pulsebench/render/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

namespace pulsebench::render {
namespace {

struct Unit {
  double ns;
  std::string_view name;
};

constexpr std::array<Unit, 5> kUnits{
    {{1e-3, "ps"}, {1.0, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};

/// The largest unit that leaves a figure of 1 or more once it is rounded; from 0.1 ns on,
/// nanoseconds, which is how operations of this size are spoken of.
const Unit& unit_of(double ns) {
  const double size = std::abs(ns);
  const Unit* chosen = &kUnits[size < 0.1 && size > 0.0 ? 0 : 1];
  for (const Unit& unit : kUnits) {
    if (unit.ns > 1.0 && size >= 0.9995 * unit.ns) chosen = &unit;
  }
  return *chosen;
}

std::string with_unit(const std::string& figure, const Unit& unit) {
  return fmt::format("{} {}", figure, unit.name);
}

std::string trimmed(double value) { return without_trailing_zeros(fmt::format("{:.3f}", value)); }

}  // namespace

int decimals_for(double value) {
  const double size = std::abs(value);
  if (size < 0.9995) return 3;
  if (size < 9.995) return 2;
  return size < 99.95 ? 1 : 0;
}

std::string without_trailing_zeros(std::string figure) {
  if (figure.find('.') == std::string::npos) return figure;
  figure.erase(figure.find_last_not_of('0') + 1);
  if (figure.back() == '.') figure.pop_back();
  return figure;
}

std::string format_cost(NsPerOp value) {
  if (!std::isfinite(value.value)) return "not a number";
  const Unit& unit = unit_of(value.value);
  const double figure = value.value / unit.ns;
  return with_unit(fmt::format("{:.{}f}", figure, value.value == 0.0 ? 0 : decimals_for(figure)),
                   unit);
}

std::string format_bound(NsPerOp value) {
  const Unit& unit = unit_of(value.value);
  return with_unit(trimmed(value.value / unit.ns), unit);
}

std::string format_range(NsPerOp low, NsPerOp high, NsPerOp value) {
  const Unit& unit = unit_of(value.value);
  const int decimals = decimals_for(value.value / unit.ns);
  return fmt::format("{:.{}f}–{:.{}f}", low.value / unit.ns, decimals, high.value / unit.ns,
                     decimals);
}

std::string format_change(Percent percent) {
  const double value = percent.value;
  if (std::abs(value) < 0.05) return "0.0 %";
  return fmt::format("{:+.{}f} %", value, std::abs(value) < 99.95 ? 1 : 0);
}

std::string format_percent(Percent percent) {
  const double value = percent.value;
  if (value > 0.0 && value < 0.05) return "<0.1";
  return fmt::format("{:.{}f}", value, value < 9.95 ? 1 : 0);
}

std::string format_chosen_percent(Percent percent) { return trimmed(percent.value); }

std::string format_duration(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long long>(std::llround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  const long long minutes = std::llround(seconds / 60.0);
  return fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

std::string format_count(long long n) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return n < 0 ? "-" + digits : digits;
}

std::string format_count(long long n, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", format_count(n), n == 1 ? singular : plural);
}

std::string format_per_operation(double count) {
  const double whole = std::round(count);
  if (std::abs(count - whole) < 0.0005 && whole < 1e6) return fmt::format("{:.0f}", whole);
  return fmt::format("{:.3g}", count);
}

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
