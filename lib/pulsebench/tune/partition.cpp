#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::tune {
namespace {

constexpr const char* kGroup = "/pulsebench/";

Failure absent_here(const char* why) { return fail(ErrorCode::not_found, why); }

/// Mount point of the version 2 hierarchy.
Result<std::string> version2_mount(const SysIo& io) {
  PB_TRY(const auto& mounts, read_or_empty(io, "/proc/self/mounts"));
  for (const auto& line : split(mounts, '\n')) {
    const auto fields = split(line, ' ');
    if (fields.size() > 2 && fields[2] == "cgroup2") return fields[1];
  }
  return absent_here("version 2 control groups are not mounted");
}

Result<std::vector<KnobStep>> partition_steps(const SysIo& io,
                                              const machine::Placement& placement) {
  PB_TRY(const auto& mount, version2_mount(io));
  if (!io.owns(mount + kGroup)) return absent_here("control groups are mounted outside of /sys");
  PB_TRY(const auto& available, read_or_empty(io, mount + "/cgroup.controllers"));
  if (!os::has_word(available, "cpuset")) {
    return absent_here("the version 2 control groups have no cpuset controller here");
  }
  if (!machine::common_to(placement.measure, placement.orchestrate).empty()) {
    return absent_here("there is no other CPU for other processes");
  }
  PB_TRY(const auto& isolated_list, read_or_empty(io, "/sys/devices/system/cpu/isolated"));
  const auto isolated = machine::parse_cpu_list(isolated_list);
  if (isolated && machine::without(placement.measure, *isolated).empty()) {
    return absent_here("already isolated since boot");
  }
  const std::string delegated = mount + "/cgroup.subtree_control";
  const std::string group = mount + kGroup;
  // Without the controllers of now the write would take them from other groups.
  PB_TRY(std::string controllers, read_or_empty(io, delegated));
  controllers = controllers.substr(0, controllers.find('\n'));
  if (!os::has_word(controllers, "cpuset"))
    controllers += controllers.empty() ? "cpuset" : " cpuset";
  return std::vector<KnobStep>{
      {.path = delegated, .wanted = controllers, .also_fine = {}, .like = "", .is_means = true},
      {.path = group, .wanted = kMade, .also_fine = {}, .like = "", .is_means = true},
      {.path = group + "cpuset.cpus",
       .wanted = machine::format_cpu_list(placement.measure),
       .also_fine = {},
       .like = "",
       .is_means = true,
       .in_made_folder = true},
      {.path = group + "cpuset.cpus.partition",
       .wanted = "isolated",
       .also_fine = {},
       .like = "",
       .second_best = "root",
       .in_made_folder = true}};
}

}  // namespace

Knob partition_knob(const SysIo& io, const machine::Placement& placement) {
  Knob knob{kPartition, "isolated", {}, "", {}};
  if (auto steps = partition_steps(io, placement)) {
    knob.steps = std::move(*steps);
  } else {
    knob.cannot_read(steps.error());
  }
  return knob;
}

}  // namespace pulsebench::tune
