#pragma once

#include <string>
#include <string_view>

#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::exchange {

/// The id of a benchmark that another tool calls `name`. It is the name itself, but that a byte
/// which an id cannot have, and each backslash, becomes `\xNN`, and an empty name `\x`. So two
/// names get two ids, and `name_of` gives the name back. A name that is too long for an id is cut,
/// and ends in `\~` and 16 digits of its SHA-256.
[[nodiscard]] BenchmarkId id_of_foreign(std::string_view name);

/// The name that `id_of_foreign` made `id` of, unless it was cut.
[[nodiscard]] std::string foreign_name_of(const BenchmarkId& id);

}  // namespace pulsebench::exchange
