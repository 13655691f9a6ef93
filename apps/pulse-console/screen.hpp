#pragma once

#include "listing.hpp"
#include "session.hpp"

namespace pulsebench::console {

/// Shows the tasks in the terminal until the user quits. The last picture stays until then if the
/// program ends.
[[nodiscard]] Result<void> show(Session& session, Choices choices, bool in_colour);

}  // namespace pulsebench::console
