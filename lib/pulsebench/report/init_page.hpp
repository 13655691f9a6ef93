#pragma once

#include <string>

#include "pulsebench/config/discover.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// What `init` found and wrote into `file`, and the commands that come next. The document has
/// `file`, `project`, `suites` and `build_command` (null where none is known): schema id
/// `pulsebench-init`, version 1.
[[nodiscard]] render::Page init_page(const config::Discovery& found, const std::string& file);

}  // namespace pulsebench::report
