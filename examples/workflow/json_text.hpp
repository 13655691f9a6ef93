#pragma once

#include <string>
#include <string_view>

namespace workflow {

/// Returns `text`, which is UTF-8, as a JSON string with its quotes (RFC 8259, section 7).
[[nodiscard]] std::string quote(std::string_view text);

}  // namespace workflow
