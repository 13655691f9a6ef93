#pragma once

#include <string>
#include <vector>

#include "pulsebench/counters/catalogue.hpp"
#include "pulsebench/doctor/doctor.hpp"
#include "pulsebench/render/page.hpp"
#include "pulsebench/tune/knob.hpp"

/// What `doctor`, `tune` and `counters` show of the machine.
namespace pulsebench::report {

/// Worst first: the sum in one line, then each finding with its consequence and the command that
/// fixes it; what does not fit a screen, what is fine, and what does not apply here, by name. `all`
/// lists everything. The document has `checks[]` with `name`, `state` ("bad", "warning", "ok",
/// "not_applicable"), `seen`, `consequence`, `fix`, in the given order, and `verdict`, the worst
/// state: schema id `pulsebench-doctor`, version 1.
[[nodiscard]] render::Page doctor_page(const std::vector<doctor::Check>& checks, bool all);

/// What `tune_page` shows: settings as they were changed, or as they would be.
enum class Knobs { changed, planned };

/// `verdict` in one line, what was and could be set as a table, what this machine does not have in
/// one line, `next` as the likely next command. The document has `verdict` and `knobs[]` with
/// `name`, `outcome`, `original`, `requested`, `achieved`, `reason`: schema id `pulsebench-tune`,
/// version 1.
[[nodiscard]] render::Page tune_page(const std::vector<tune::KnobReport>& knobs, Knobs kind,
                                     const std::string& verdict, const std::string& next);

/// What `run` counts by default, and whether it is counted here, then the units that libpfm knows;
/// `all` lists the events of each. The document always has every event: schema id
/// `pulsebench-counters`, version 1.
[[nodiscard]] render::Page counters_page(const std::vector<counters::KnownEvent>& usual,
                                         const std::vector<counters::KnownUnit>& units, bool all);

}  // namespace pulsebench::report
