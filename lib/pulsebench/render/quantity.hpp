#pragma once

#include <array>
#include <string>
#include <string_view>

#include "pulsebench/vocabulary/units.hpp"

namespace pulsebench::render {

/// Decimals that show three significant digits of `value`, which is less than 1000.
[[nodiscard]] int decimals_for(double value);

/// `1.500` as `1.5`, `20.000` as `20`.
[[nodiscard]] std::string without_trailing_zeros(std::string figure);

/// Three significant digits and the unit that fits: `0.273 ns`, `515 ns`, `4.30 µs`, `27.3 ps`,
/// `4.25 MiB`, `31.0 k/s`.
[[nodiscard]] std::string format_cost(Cost value);

/// A bound somebody chose, without digits he did not write: `20 ns`, `1.5 µs`.
[[nodiscard]] std::string format_bound(Cost value);

/// `low–high` in the unit and with the digits that `format_cost(value)` has: `0.272–0.275`.
[[nodiscard]] std::string format_range(Cost low, Cost high, Cost value);

/// A change with its sign: `+15.2 %`, `-0.3 %`, `+154 %`, `0.0 %`.
[[nodiscard]] std::string format_change(Percent percent);

/// A share or a spread without sign: `<0.1`, `0.4`, `12`; the unit stands in the header.
[[nodiscard]] std::string format_percent(Percent percent);

/// A chosen percentage: `5`, `0.5`, `12.5`.
[[nodiscard]] std::string format_chosen_percent(Percent percent);

/// Seconds as a reader says them: `0.4 s`, `12 s`, `3 min 05 s`, `1 h 02 min`.
[[nodiscard]] std::string format_duration(double seconds);

/// `1 benchmark`, `22 benchmarks`; thousands are grouped: `17,000 samples`.
[[nodiscard]] std::string format_count(long long n, std::string_view singular,
                                       std::string_view plural);
[[nodiscard]] std::string format_count(long long n);

/// A number per operation, three significant digits, whole ones bare: `21`, `0.125`, `1.2e+06`.
[[nodiscard]] std::string format_per_operation(double count);

/// An amount and the unit that fits, three significant digits: the parts of `118 MiB/s`. Bytes are
/// counted in powers of 1024 and say so (KiB, MiB, GiB: IEC 80000-13), as Google Benchmark counts
/// them; items in powers of 1000.
class Amount {
 public:
  static Amount of_bytes(double bytes);
  static Amount of_items(double items);

  /// `100 B`, `10.0 KiB`, `1 item`, `0.5 items`, `2.50 M items`.
  [[nodiscard]] std::string text() const;
  /// Of what goes through in a second: `118 MiB/s`, `35.7 M items/s`.
  [[nodiscard]] std::string per_second() const;
  /// Another amount in the unit and with the digits of this one, without the unit.
  [[nodiscard]] std::string figure_of(double amount) const;

 private:
  Amount(double amount, double base, const std::array<const char*, 5>& prefixes);

  double amount_;       ///< in bytes or items
  double scale_ = 1.0;  ///< how many of them the unit is: the largest that leaves 1 or more
  std::string prefix_;  ///< "Ki", "M"; empty for the bare unit
  bool in_bytes_;
};

}  // namespace pulsebench::render
