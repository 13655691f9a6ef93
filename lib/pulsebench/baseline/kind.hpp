#pragma once

#include <string>
#include <string_view>

#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::baseline {

/// The name of the kind of a machine, as in "intel-xeon-2.80ghz@1a2b3c4d": the model of its CPU,
/// and the first 8 digits of the key that two results have to share. A result is stored under it,
/// in `baselines/NAME/KIND.json`. Empty where the machine has no such key, as that of an imported
/// result.
[[nodiscard]] std::string kind_of(const Machine& machine);

/// Returns true where `text` has the form of a kind. No name of a baseline has it, for the `@`.
[[nodiscard]] bool is_kind(std::string_view text);

}  // namespace pulsebench::baseline
