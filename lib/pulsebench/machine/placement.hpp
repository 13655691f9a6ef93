#pragma once

#include <optional>
#include <string>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// Which CPUs measure, and where the orchestrator stays meanwhile.
struct Placement {
  CpuList measure;      ///< never empty; one CPU unless more were asked for
  CpuList orchestrate;  ///< never empty; overlaps `measure` only where `warning` says so
  std::string why;      ///< how `measure` was chosen: "isolated", "asked for by --cpus", ...
  std::string warning;  ///< one line, empty where nothing is wrong
};

/// Chooses the measuring CPU: the first allowed isolated one, else the last allowed one that shares
/// its core with no other allowed CPU, else the last allowed one, whose sibling the orchestrator
/// then avoids. `requested` is the text of `--cpus` and is taken as it is.
/// `allowed` is what sched_getaffinity says. `bad_input` where `requested` is not a list, or names
/// a CPU that is not online or not allowed; the line names the list and the allowed CPUs.
[[nodiscard]] Result<Placement> place(const Roots& roots, const CpuList& allowed,
                                      const std::optional<std::string>& requested);

/// The same for the calling process on this machine.
[[nodiscard]] Result<Placement> place(const std::optional<std::string>& requested);

/// Where a benchmark with several threads runs: the measuring CPUs where several were asked for,
/// else every CPU of the placement, since one has no room for two threads at once.
[[nodiscard]] CpuList thread_cpus(const Placement& placement);

/// Confines the calling thread to `cpus` and reads back what was reached: the
/// kernel silently drops CPUs that do not exist. `io` where it refuses or reached less.
[[nodiscard]] Result<void> pin_to(const CpuList& cpus, Kernel& kernel = this_kernel());

/// The CPUs that share a core with `cpu`, without itself; empty where unknown.
[[nodiscard]] CpuList siblings_of(const Roots& roots, int cpu);

}  // namespace pulsebench::machine
