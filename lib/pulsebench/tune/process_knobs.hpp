#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/tune/knob.hpp"

namespace pulsebench::tune {

/// Settings of a benchmark's process. They are inherited through exec and end with the process, so
/// there is nothing to restore.
struct ProcessSettings {
  machine::CpuList cpus;               ///< empty: not requested
  std::optional<int> nice;             ///< -20 (first) to 19
  bool batch = false;                  ///< SCHED_BATCH: no wake-up preemption of others
  bool fixed_layout = false;           ///< no address-space randomisation
  bool no_huge_pages = false;          ///< no transparent huge pages
  std::optional<int> memory_node;      ///< memory from this NUMA node only
  std::string huge_pages_unknown{};    ///< why it is unknown whether `no_huge_pages` is needed
  std::string memory_nodes_unknown{};  ///< why it is unknown whether there are several
  bool one_memory_node{};              ///< so that `memory_node` is not needed
  bool lock_memory{};                  ///< done by the suite: a lock ends with exec
  std::string control_group{};         ///< cgroup.procs of a group to join first; empty: none
};

/// Results of the system calls: 0, an errno, or -1 if not requested.
struct ProcessAnswer {
  int affinity = -1;
  int nice = -1;
  int batch = -1;
  int fixed_layout = -1;
  int no_huge_pages = -1;
  int memory_node = -1;
  int control_group = -1;
};

/// Default settings of a run: its CPUs, nice -10, no randomisation, no huge pages if the system
/// enables them for all processes, and the memory node of the measuring CPU if there are several.
[[nodiscard]] ProcessSettings default_request(const machine::Roots& roots,
                                              const machine::Placement& placement);

/// Applies the settings to the calling thread. System calls only, so it may run between fork and
/// exec.
ProcessAnswer apply_process_settings(const ProcessSettings& request) noexcept;

/// Tries to join the group with a new process: 0 or an errno.
[[nodiscard]] int try_to_join(const std::string& control_group);

/// Starts a process that applies the settings and reads them back: the facts of all later launches.
/// Names: affinity, nice, scheduling, benchmark_aslr, benchmark_huge_pages, memory_node.
[[nodiscard]] std::vector<KnobReport> try_in_a_process(const ProcessSettings& request);

}  // namespace pulsebench::tune
