#pragma once

namespace pulsebench::compare {

/// How often something happened, and between what its chance lies at level 0.95. Shares, 0 to 1.
struct Rate {
  int n = 0, all = 0;
  double low = 0.0, high = 1.0;

  [[nodiscard]] double share() const { return all > 0 ? static_cast<double>(n) / all : 0.0; }
};

/// By Wilson's score interval. Where nothing was tried, nothing is known: 0 to 1.
/// Precondition: 0 <= n <= all.
[[nodiscard]] Rate rate_of(int n, int all);

}  // namespace pulsebench::compare
