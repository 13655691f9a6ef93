#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/machine/placement.hpp"
#include "pulsebench/tune/sys_io.hpp"
#include "pulsebench/vocabulary/environment.hpp"
#include "pulsebench/vocabulary/names.hpp"

namespace pulsebench::tune {

/// One setting that a knob changes.
struct KnobStep {
  std::string path;
  std::string wanted;
  std::vector<std::string> also_fine;  ///< values that are not changed
  std::string like;                    ///< a path whose current content is wanted instead
  std::string second_best{};           ///< tried if the kernel rejects `wanted`
  bool is_means = false;               ///< prepares the knob's last step; not shown
  bool in_made_folder = false;         ///< removed with an earlier step's folder: no journal
};

/// One property of the machine that a run can request; it may have several settings.
struct Knob {
  std::string name;       ///< name of the fact in the result: "governor"
  std::string requested;  ///< requested value as shown: "performance"
  std::vector<KnobStep> steps;
  std::string absent_because;                  ///< reason if there are no steps
  std::map<std::string, std::string> words{};  ///< shown words for values: 1 → "off"
  bool unreadable = false;                     ///< without steps: it may exist all the same

  /// Drops the steps, because what they depend on could not be read.
  void cannot_read(const Error& error);
};

/// False only for a setting that certainly does not exist. One that cannot be read is planned, and
/// `set_knob` reports why it was not changed.
[[nodiscard]] bool may_exist(const SysIo& io, const std::string& path);

/// Global knobs of Linux, in the order in which they are set: a governor write resets the turbo
/// switch, and an offline CPU has no governor.
[[nodiscard]] std::vector<Knob> linux_knobs(const SysIo& io, const machine::Placement& placement);

/// Makes the measuring CPUs an isolated partition of control groups (cgroup v2) during a run: only
/// processes in the group run there. Documentation/admin-guide/cgroup-v2.rst, "cpuset".
[[nodiscard]] Knob partition_knob(const SysIo& io, const machine::Placement& placement);

inline constexpr const char* kPartition = "cpu_partition";  ///< the knob's name

/// Not permitted, absent, refused and unreadable are four different answers.
enum class KnobOutcome {
  set,            ///< changed by pulsebench
  already,        ///< had the wanted value before
  partly,         ///< some of its settings were refused
  not_permitted,  ///< EPERM, EACCES, a read-only file system
  absent,         ///< this machine has no such setting
  refused,        ///< the kernel refused, or accepted without effect
  unreadable,     ///< not changed: its original or what it depends on cannot be read
  not_asked,      ///< disabled by the user, or in use by another pulsebench
};

/// Result of one knob.
struct KnobReport {
  std::string name;
  std::string original;  ///< value before; empty if absent
  std::string requested;
  std::string achieved;  ///< value read back; empty if absent
  KnobOutcome outcome = KnobOutcome::absent;
  std::string reason;  ///< one line if neither `set` nor `already`
};

/// Distinct values of the settings of `knob`, joined.
[[nodiscard]] std::string shown_as(const Knob& knob, const std::vector<std::string>& contents);

/// Current contents of the settings of `knob`, without those that cannot be read.
[[nodiscard]] std::vector<std::string> contents_of(const SysIo& io, const Knob& knob);

/// Writes the knobs into the facts of a run: `requested` and `reason` of the fact of the same name,
/// or a new fact with the achieved value as `before` and `after`. Knobs that were not requested are
/// omitted.
void add_to(std::vector<StateFact>& facts, const std::vector<KnobReport>& knobs);

}  // namespace pulsebench::tune

namespace pulsebench {

template <>
inline constexpr std::array<Named<tune::KnobOutcome>, 8> kNames<tune::KnobOutcome>{
    {{tune::KnobOutcome::set, "set"},
     {tune::KnobOutcome::already, "already set"},
     {tune::KnobOutcome::partly, "partly set"},
     {tune::KnobOutcome::not_permitted, "not permitted"},
     {tune::KnobOutcome::absent, "absent here"},
     {tune::KnobOutcome::refused, "refused"},
     {tune::KnobOutcome::unreadable, "unreadable"},
     {tune::KnobOutcome::not_asked, "not requested"}}};

}  // namespace pulsebench
