#pragma once

#include <string>
#include <string_view>

namespace workflow {

/// SHA-256 (FIPS 180-4) of `bytes`, 64 lower-case hex digits.
[[nodiscard]] std::string sha256_of(std::string_view bytes);

}  // namespace workflow
