#pragma once

namespace pulsebench::harness {

/// Greets on descriptor `events`, then answers the requests that arrive on descriptor `requests`
/// until `quit` or their end. Returns the exit code: 0, or 2 after a request that is none.
[[nodiscard]] int serve(int requests, int events);

}  // namespace pulsebench::harness
