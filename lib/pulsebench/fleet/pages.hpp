#pragma once

#include <string>

#include "pulsebench/fleet/collect.hpp"
#include "pulsebench/fleet/kinds.hpp"
#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/submit.hpp"
#include "pulsebench/render/page.hpp"

/// What the commands of a fleet say. A page refers to nothing: it has copies. Pure.
namespace pulsebench::fleet {

/// The commands are what may come next.
[[nodiscard]] render::Page submitted_page(const Submitted& submitted,
                                          const std::string& collect_command);

/// How far a run is, and what became of each task that left benchmarks open.
[[nodiscard]] render::Page status_page(const Plan& plan, const Progress& progress,
                                       const std::string& collect_command,
                                       const std::string& resume_command);

[[nodiscard]] render::Page kinds_page(const Kinds& kinds);

}  // namespace pulsebench::fleet
