#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fuzz {

/// Ends the run where the claim does not hold; libFuzzer then keeps the input.
inline void require(bool holds, const char* claim) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", claim);
  std::abort();
}

/// What every refusal owes the user, whatever the input was.
inline void require_clear_line(const Error& error) {
  require(!error.message.empty(), "an error has a message");
  require(is_printable(error.message), "an error is one line that cannot steer a terminal");
  require(error.message.size() < 2000, "an error is short");
}

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace pulsebench::fuzz
