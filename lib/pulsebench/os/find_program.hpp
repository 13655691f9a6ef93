#pragma once

#include <filesystem>
#include <string_view>

namespace pulsebench::os {

/// Returns the program of that name in the absolute folders of PATH; empty if there is none.
[[nodiscard]] std::filesystem::path find_program(std::string_view name);

}  // namespace pulsebench::os
