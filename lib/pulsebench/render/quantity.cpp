#include "pulsebench/render/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

namespace pulsebench::render {
namespace {

/// The unit in which a figure is written, and how many of its own it is.
struct WrittenUnit {
  double size = 1.0;
  std::string_view name;
};

constexpr std::array<WrittenUnit, 5> kTimes{
    {{1e-3, "ps"}, {1.0, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}}};
constexpr std::array<WrittenUnit, 5> kBytes{{{1.0, "B"},
                                             {1024.0, "KiB"},
                                             {1048576.0, "MiB"},
                                             {1073741824.0, "GiB"},
                                             {1099511627776.0, "TiB"}}};
constexpr std::array<WrittenUnit, 4> kCounts{{{1.0, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}}};
constexpr std::array<WrittenUnit, 4> kRates{
    {{1.0, "/s"}, {1e3, "k/s"}, {1e6, "M/s"}, {1e9, "G/s"}}};
constexpr std::array<WrittenUnit, 1> kRatios{{{1.0, ""}}};

std::span<const WrittenUnit> written_units_of(Unit unit) {
  switch (unit) {
    case Unit::nanoseconds:
      return kTimes;
    case Unit::bytes:
      return kBytes;
    case Unit::count:
      return kCounts;
    case Unit::per_second:
      return kRates;
    case Unit::ratio:
      return kRatios;
  }
  return kRatios;
}

/// The largest that leaves a figure of 1 or more once it is rounded; of a time from 0.1 ns on,
/// nanoseconds, which is how operations of this size are spoken of.
WrittenUnit written_unit_of(Cost cost) {
  const double size = std::abs(cost.value);
  const bool tiny = size < 0.1 && size > 0.0;
  const auto scales = written_units_of(cost.unit);
  WrittenUnit chosen = scales[cost.unit == Unit::nanoseconds && !tiny ? 1 : 0];
  for (const WrittenUnit& scale : scales) {
    if (scale.size > 1.0 && size >= 0.9995 * scale.size) chosen = scale;
  }
  return chosen;
}

std::string with_unit(const std::string& figure, const WrittenUnit& scale) {
  return scale.name.empty() ? figure : fmt::format("{} {}", figure, scale.name);
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

std::string format_cost(Cost value) {
  if (!std::isfinite(value.value)) return "not a number";
  const WrittenUnit scale = written_unit_of(value);
  const double figure = value.value / scale.size;
  std::string text = fmt::format("{:.{}f}", figure, value.value == 0.0 ? 0 : decimals_for(figure));
  const bool counted = value.unit == Unit::bytes || value.unit == Unit::count;
  if (counted && scale.size == 1.0) text = without_trailing_zeros(std::move(text));
  return with_unit(text, scale);
}

std::string format_bound(Cost value) {
  const WrittenUnit scale = written_unit_of(value);
  return with_unit(trimmed(value.value / scale.size), scale);
}

std::string format_range(Cost low, Cost high, Cost value) {
  const double size = written_unit_of(value).size;
  const int decimals = decimals_for(value.value / size);
  return fmt::format("{:.{}f}–{:.{}f}", low.value / size, decimals, high.value / size, decimals);
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
