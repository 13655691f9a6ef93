#pragma once

#include <chrono>
#include <string>

#include "session.hpp"
#include "view.hpp"

namespace pulsebench::console {

/// Watches for `time`, or to the end of a recording. `nothing_measured` if no task list came.
[[nodiscard]] Result<void> watch_for(Session& session, std::chrono::milliseconds time);

/// The table as text, all tasks of it.
[[nodiscard]] std::string table_text(const Tasks& tasks, const Choice& choice, std::size_t width);

/// The same as a JSON document.
[[nodiscard]] std::string table_json(const Tasks& tasks, const Choice& choice);

}  // namespace pulsebench::console
