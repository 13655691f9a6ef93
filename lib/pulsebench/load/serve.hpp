#pragma once

namespace pulsebench::load {

/// Sends `Ready` on descriptor `events`, then answers the requests from descriptor `requests` until
/// `quit` or end of file. Returns the exit code: 0, or 2 after an invalid request.
[[nodiscard]] int serve(int requests, int events);

}  // namespace pulsebench::load
