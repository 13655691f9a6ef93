#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::tune {
namespace {

constexpr const char* kGroup = "/pulsebench/";

/// Mount point of the version 2 hierarchy; empty if not mounted.
std::string version2_mount(const SysIo& io) {
  for (const auto& line : split(io.read("/proc/self/mounts").value_or(""), '\n')) {
    const auto fields = split(line, ' ');
    if (fields.size() > 2 && fields[2] == "cgroup2") return fields[1];
  }
  return {};
}

std::string why_not(const SysIo& io, const machine::Placement& placement,
                    const std::string& mount) {
  if (mount.empty()) return "version 2 control groups are not mounted";
  if (!io.owns(mount + kGroup)) return "control groups are mounted outside of /sys";
  if (!os::has_word(io.read(mount + "/cgroup.controllers").value_or(""), "cpuset")) {
    return "the version 2 control groups have no cpuset controller here";
  }
  if (!machine::common_to(placement.measure, placement.orchestrate).empty()) {
    return "there is no other CPU for other processes";
  }
  const auto isolated =
      machine::parse_cpu_list(io.read("/sys/devices/system/cpu/isolated").value_or("not there"));
  if (isolated && machine::without(placement.measure, *isolated).empty()) {
    return "already isolated since boot";
  }
  return {};
}

}  // namespace

Knob partition_knob(const SysIo& io, const machine::Placement& placement) {
  Knob knob{kPartition, "isolated", {}, "", {}};
  const std::string mount = version2_mount(io);
  knob.absent_because = why_not(io, placement, mount);
  if (!knob.absent_because.empty()) return knob;
  const std::string delegated = mount + "/cgroup.subtree_control";
  const std::string group = mount + kGroup;
  std::string controllers = io.read(delegated).value_or("");
  controllers = controllers.substr(0, controllers.find('\n'));
  if (!os::has_word(controllers, "cpuset"))
    controllers += controllers.empty() ? "cpuset" : " cpuset";
  knob.steps = {
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
  return knob;
}

}  // namespace pulsebench::tune
