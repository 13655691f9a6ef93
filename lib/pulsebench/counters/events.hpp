#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pulsebench::counters {

/// What is counted where nobody says otherwise.
[[nodiscard]] const std::vector<std::string>& default_events();

/// The names under which `name` is looked for, the best first: itself, then, for an event of the
/// default set, the CPU's own events for the same thing, as the kernel does not map every one.
[[nodiscard]] std::vector<std::string> spellings_of(std::string_view name);

}  // namespace pulsebench::counters
