#pragma once

#include <string_view>

namespace pulsebench::config {

/// Whether this is the content of a program of this system that is started, rather than of a
/// library that is loaded.
[[nodiscard]] bool is_program_image(std::string_view content);

}  // namespace pulsebench::config
