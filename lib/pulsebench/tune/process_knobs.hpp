#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/placement.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/tune/knob.hpp"

namespace pulsebench::tune {

/// What a benchmark's process is to have. All of it is inherited through exec and ends with the
/// process, so nothing has to be put back.
struct ProcessSettings {
  machine::CpuList cpus;                 ///< empty: not asked
  std::optional<int> nice;               ///< -20 (first) to 19
  bool batch = false;                    ///< SCHED_BATCH: no wake-up preemption of others
  bool fixed_layout = false;             ///< no address-space randomisation
  bool no_huge_pages = false;            ///< no transparent huge pages
  std::optional<int> memory_node;        ///< memory from this NUMA node only
  std::string no_memory_node_because{};  ///< where one was wanted and none is asked for
  bool lock_memory{};                    ///< by the suite itself: a lock ends with exec
  std::string control_group{};  ///< the cgroup.procs of a group to join first; empty: not asked
};

/// What the kernel answered, one entry each: 0, an errno, or -1 where it was not asked.
struct ProcessAnswer {
  int affinity = -1;
  int nice = -1;
  int batch = -1;
  int fixed_layout = -1;
  int no_huge_pages = -1;
  int memory_node = -1;
  int control_group = -1;
};

/// What a run asks for by default: its CPUs, nice -10, no randomisation, no huge pages where the
/// system gives them to everybody, and the memory node of the measuring CPU where there are
/// several.
[[nodiscard]] ProcessSettings default_request(const machine::Roots& roots,
                                              const machine::Placement& placement);

/// Settles the calling thread. System calls only, so that it may stand between fork and exec.
ProcessAnswer apply_process_settings(const ProcessSettings& request) noexcept;

/// Whether a process may join the group, tried with one: 0 or an errno.
[[nodiscard]] int try_to_join(const std::string& control_group);

/// Starts a process that settles itself and reads back what it reached: the facts of every launch
/// to come. Names: affinity, nice, scheduling, benchmark_aslr, benchmark_huge_pages, memory_node.
[[nodiscard]] std::vector<KnobReport> try_in_a_process(const ProcessSettings& request);

}  // namespace pulsebench::tune
