#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pulsebench {

/// Returns `text` with everything that could steer a terminal (control characters, invalid UTF-8)
/// replaced by `?`, cut to `max_bytes`. For messages that quote a file or a suite.
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_bytes = 200);

/// Returns true if `text` is well-formed UTF-8 (RFC 3629) without control characters (C0, DEL, C1)
/// or bidirectional overrides, any of which could make a terminal show something else.
[[nodiscard]] bool is_printable(std::string_view text);

}  // namespace pulsebench
