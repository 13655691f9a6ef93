#pragma once

#include <map>
#include <string>
#include <vector>

#include "pulsebench/machine/placement.hpp"
#include "pulsebench/tune/sys_io.hpp"
#include "pulsebench/vocabulary/environment.hpp"

namespace pulsebench::tune {

/// One setting that a knob turns.
struct KnobStep {
  std::string path;
  std::string wanted;
  std::vector<std::string> also_fine;  ///< values that are left as they are
  std::string like;                    ///< a path whose content, at that moment, is wanted instead
  std::string second_best{};           ///< what is tried where the kernel does not take `wanted`
  bool is_means = false;               ///< serves the knob's last step: not shown as its value
  bool in_made_folder = false;  ///< goes with a folder that an earlier step makes: no journal
};

/// One thing about the machine that can be asked for; it may take several settings.
struct Knob {
  std::string name;       ///< the name of the fact in the result: "governor"
  std::string requested;  ///< what is asked for, as shown: "performance"
  std::vector<KnobStep> steps;
  std::string absent_because;  ///< where there are no steps: why
  std::map<std::string, std::string>
      words{};  ///< what a value means, where it is not plain: 1 → "off"
};

/// The global knobs of Linux, in the order they have to be turned: a governor write resets the
/// turbo switch, and a CPU that is taken offline has no governor any more.
[[nodiscard]] std::vector<Knob> linux_knobs(const SysIo& io, const machine::Placement& placement);

/// The measuring CPUs as an isolated partition of control groups (cgroup v2), for the time of a
/// run: nothing runs there but what is put in. Documentation/admin-guide/cgroup-v2.rst, "cpuset".
[[nodiscard]] Knob partition_knob(const SysIo& io, const machine::Placement& placement);

inline constexpr const char* kPartition = "cpu_partition";  ///< the knob's name

/// Not permitted, absent and refused are three different answers.
enum class KnobOutcome {
  set,            ///< turned by us
  already,        ///< was as wanted
  partly,         ///< some of its settings were refused
  not_permitted,  ///< EPERM, EACCES, a read-only file system
  absent,         ///< this machine has no such setting
  refused,        ///< the kernel said no, or accepted and did not do it
  not_asked,      ///< switched off by the user, or in the hands of another pulsebench
};

[[nodiscard]] const char* name_of(KnobOutcome outcome);

/// What came of one knob.
struct KnobReport {
  std::string name;
  std::string original;  ///< before we touched it; empty where absent
  std::string requested;
  std::string achieved;  ///< read back; empty where absent
  KnobOutcome outcome = KnobOutcome::absent;
  std::string reason;  ///< one line where the outcome is neither `set` nor `already`
};

/// Contents of the settings of `knob` as one text: distinct values, joined.
[[nodiscard]] std::string shown_as(const Knob& knob, const std::vector<std::string>& contents);

/// The settings of `knob` now; those that cannot be read are left out.
[[nodiscard]] std::vector<std::string> contents_of(const SysIo& io, const Knob& knob);

/// Writes the knobs into the facts of a run: `requested` and `reason` of the fact of the same name,
/// or a new fact whose `before` and `after` are what was achieved. What was not requested is left
/// out.
void add_to(std::vector<StateFact>& facts, const std::vector<KnobReport>& knobs);

}  // namespace pulsebench::tune
