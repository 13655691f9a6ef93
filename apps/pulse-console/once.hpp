#pragma once

#include <chrono>
#include <string>

#include "listing.hpp"
#include "session.hpp"

namespace pulsebench::console {

/// Watches for `time`, or to the end of a recording. `nothing_measured` if no task list came.
[[nodiscard]] Result<void> watch_for(Session& session, std::chrono::milliseconds time);

/// The chosen table as text, all rows of it.
[[nodiscard]] std::string table_text(const Tasks& tasks, const Choices& choices, std::size_t width);

/// All three tables as a JSON document.
[[nodiscard]] std::string table_json(const Tasks& tasks, const Choices& choices);

}  // namespace pulsebench::console
