#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::counters {

/// Events that are counted by default.
[[nodiscard]] const std::vector<std::string>& default_events();

/// Names to try for `name`, the best first: itself, then, for a default event, the CPU's own names,
/// since the kernel does not map every event.
[[nodiscard]] std::vector<std::string> spellings_of(std::string_view name);

/// `bad_input` with libpfm's message if it does not know the name of an event.
[[nodiscard]] Result<void> check_name(const std::string& name);

}  // namespace pulsebench::counters
