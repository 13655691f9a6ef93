#pragma once

#include "workflow/event_store.hpp"
#include "workflow/result.hpp"

namespace suites {

/// Returns an empty store whose files have no name any more: they go with the store, however the
/// process ends. TMPDIR chooses their disk.
[[nodiscard]] workflow::Result<workflow::EventStore> make_temporary_store(bool sync = false);

}  // namespace suites
