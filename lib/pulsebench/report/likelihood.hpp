#pragma once

#include <string>

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::report {

/// How sure a verdict is, in words: "z 6.1, by chance less than 1 in 10,000". One chance is that of
/// a standard normal beyond `z`; it is not spelled out beyond 1 in 10,000, as no one has shown that
/// a machine's noise is normal so far out. Of a live verdict it is 2 / E, the most that Ville's
/// inequality leaves for two measures. Empty where a live one did not regress. Pure.
[[nodiscard]] std::string likelihood(const compare::Judged& judged);

}  // namespace pulsebench::report
