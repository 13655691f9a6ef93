#pragma once

#include <optional>
#include <string>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/kernel.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::machine {

/// CPUs that measure, and CPUs of the orchestrator.
struct Placement {
  CpuList measure;      ///< never empty; one CPU unless more were requested
  CpuList orchestrate;  ///< never empty; overlaps `measure` only with a `warning`
  std::string why;      ///< how `measure` was chosen: "requested by --cpus", ...
  std::string warning;  ///< one line; empty if there is none
};

/// Chooses the measuring CPU: the first allowed isolated one, else the last allowed one without
/// another allowed CPU on its core, else the last allowed one, whose sibling the orchestrator
/// avoids. `requested` is the text of `--cpus` and decides if given. `allowed` is the result of
/// sched_getaffinity. `bad_input`, with the list and the allowed CPUs, if `requested` is not a
/// list, or has a CPU that is not online or not allowed.
[[nodiscard]] Result<Placement> place(const Roots& roots, const CpuList& allowed,
                                      const std::optional<std::string>& requested);

/// Chooses for the calling process on this machine.
[[nodiscard]] Result<Placement> place(const std::optional<std::string>& requested);

/// CPUs for a benchmark with several threads: the measuring CPUs if several were requested, else
/// every CPU of the placement, since one CPU cannot run two threads at once.
[[nodiscard]] CpuList thread_cpus(const Placement& placement);

/// Sets the calling thread's affinity and reads it back, since the kernel silently drops CPUs that
/// do not exist. `io` if the kernel refuses or the result differs.
[[nodiscard]] Result<void> pin_to(const CpuList& cpus, Kernel& kernel = this_kernel());

/// Other CPUs of the same core. The error says why they are unknown: `not_found` without a topology
/// in /sys.
[[nodiscard]] Result<CpuList> siblings_of(const Roots& roots, int cpu);

}  // namespace pulsebench::machine
