#pragma once

#include <string>
#include <vector>

#include "console.hpp"
#include "options.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/run/engine.hpp"
#include "workspace.hpp"

namespace pulsebench::app {

/// `run --list`. Returns the exit code.
[[nodiscard]] int list_benchmarks(const std::vector<run::Subject>& subjects,
                                  const Workspace& workspace, const RunOptions& options,
                                  const Console& console);

struct PlanFacts {
  std::string preset, like;
  std::uint64_t seed = 0;
  machine::Placement placement;
};

/// `run --dry-run`. Returns the exit code.
[[nodiscard]] int show_plan(const std::vector<run::Subject>& subjects, const Workspace& workspace,
                            const PlanFacts& plan, const RunOptions& options,
                            const Console& console);

}  // namespace pulsebench::app
