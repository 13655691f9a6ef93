#pragma once

#include "session.hpp"
#include "view.hpp"

namespace pulsebench::console {

/// Shows the tasks in the terminal until the user quits. The last picture stays until then if the
/// program ends.
[[nodiscard]] Result<void> show(Session& session, Choice choice, bool in_colour);

}  // namespace pulsebench::console
