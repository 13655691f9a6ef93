#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/tune/knob.hpp"

namespace pulsebench::report {

/// What `tune_page` shows: settings as they were changed, or as they would be.
enum class Knobs { changed, planned };

/// `verdict` in one line, what was and could be set as a table, what this machine does not have in
/// one line, `next` as the likely next command. The document has `verdict` and `knobs[]` with
/// `name`, `outcome`, `original`, `requested`, `achieved`, `reason`: schema id `pulsebench-tune`,
/// version 1.
[[nodiscard]] render::Page tune_page(const std::vector<tune::KnobReport>& knobs, Knobs kind,
                                     const std::string& verdict, const std::string& next);

}  // namespace pulsebench::report
