#pragma once

#include <array>
#include <string>
#include <string_view>

/// Bytes and items, and what of them goes through in a second. Bytes are counted in powers of 1024
/// and say so (KiB, MiB, GiB: IEC 80000-13), as Google Benchmark counts them; items in powers of
/// 1000.
namespace pulsebench::render {

/// An amount and the unit that fits, three significant digits: the parts of `118 MiB/s`.
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
