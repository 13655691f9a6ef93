#pragma once

#include <optional>
#include <string>
#include <vector>

#include "options.hpp"
#include "pulsebench/baseline/document.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/suite.hpp"
#include "workspace.hpp"

namespace pulsebench::app {

/// The benchmarks of `suites` that `--tier`, `--filter` and `--inject` ask for, as subjects of one
/// side with the preset's launches. `bad_input` where the expression is none, a preset or an
/// injected id is unknown, or nothing is left to run.
[[nodiscard]] Result<std::vector<run::Subject>> select(const std::vector<run::Suite>& suites,
                                                       const RunOptions& options,
                                                       const config::Config& config);

/// The preset that `options` names, or the default.
[[nodiscard]] std::string preset_of(const RunOptions& options, const config::Config& config);

/// Half the launches for what has more threads than `cpus`: its visits last as many times longer,
/// and it never gates.
void halve_oversubscribed(std::vector<run::Subject>& subjects, std::size_t cpus);

/// Has the allocations counted of what the design bounds them for, so that every run holds it to
/// that.
void count_bounded_allocations(std::vector<run::Subject>& subjects, const config::Targets& targets);

/// The result whose batching this run is to reuse, so that both can be compared: `--like`, or else
/// `main` where it exists and is of this machine. Empty: none.
[[nodiscard]] Result<std::optional<baseline::Document>> find_like(const RunOptions& options,
                                                                  const Workspace& workspace,
                                                                  const Machine& machine);

/// Gives each subject the batching it has in `like`, where it is there in the same version.
void adopt_batching(std::vector<run::Subject>& subjects, const baseline::Document& like);

}  // namespace pulsebench::app
