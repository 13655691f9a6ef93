#include "pulsebench/machine/described.hpp"

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/machine/cpu_list.hpp"
#include "pulsebench/machine/hardware_class.hpp"
#include "pulsebench/machine/virtualisation.hpp"
#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;
namespace {

std::string unknown(const std::string& why) { return "unknown: " + why; }

std::string content_or_why(const fs::path& file) {
  const auto content = os::read_pseudo_file(file);
  return content ? *content : unknown(content.error().message);
}

/// Fields of the first CPU in /proc/cpuinfo, or the reason why there are none.
class CpuInfo {
 public:
  explicit CpuInfo(const fs::path& file) {
    const auto content = os::read_pseudo_file(file);
    if (!content) {
      why_ = content.error().message;
      return;
    }
    for (const auto& line : split(*content, '\n')) {
      if (line.empty()) break;
      const auto colon = line.find(':');
      if (colon == std::string::npos) continue;
      const auto name_end = line.find_last_not_of(" \t", colon - 1);
      const auto value = line.find_first_not_of(" \t", colon + 1);
      if (colon == 0 || name_end == std::string::npos || value == std::string::npos) continue;
      fields_.emplace(line.substr(0, name_end + 1), line.substr(value));
    }
  }

  /// First existing field of `names`: x86 and arm64 use different names.
  std::string first_of(const std::vector<std::string>& names) const {
    for (const auto& name : names) {
      if (const auto field = fields_.find(name); field != fields_.end()) return field->second;
    }
    return unknown(why_.empty() ? fmt::format("no '{}' in /proc/cpuinfo", names.front()) : why_);
  }

 private:
  std::map<std::string, std::string> fields_;
  std::string why_;
};

/// "1 sockets, 4 cores, 8 threads". Counts present threads, online or not, and cores with an online
/// thread, so that offline SMT siblings do not change the machine.
std::string topology(const Roots& roots) {
  const fs::path cpus = roots.sys / "devices/system/cpu";
  const auto present = os::read_pseudo_file(cpus / "present");
  if (!present) return unknown(present.error().message);
  const auto threads = parse_cpu_list(*present);
  if (!threads) return unknown("the list of present CPUs is not readable");
  std::set<std::string> sockets;
  std::set<std::string> cores;
  for (const int cpu : *threads) {
    const fs::path folder = cpus / fmt::format("cpu{}", cpu) / "topology";
    const auto siblings = os::read_unless_absent(folder / "thread_siblings_list");
    const auto socket = os::read_unless_absent(folder / "physical_package_id");
    if (!siblings) return unknown(siblings.error().message);
    if (!socket) return unknown(socket.error().message);
    if (!*siblings) continue;
    cores.insert(**siblings);
    sockets.insert(socket->value_or("0"));
  }
  if (cores.empty()) return unknown("no topology in " + cpus.string());
  return fmt::format("{} sockets, {} cores, {} threads", sockets.size(), cores.size(),
                     threads->size());
}

/// "L1 Data 48K, L1 Instruction 32K, L2 Unified 1024K": each kind once over all CPUs, since a
/// hybrid CPU has two kinds of core.
std::string caches(const Roots& roots) {
  std::set<std::string> kinds;
  const fs::path cpus = roots.sys / "devices/system/cpu";
  for (const auto& cpu : os::entries_of(cpus)) {
    for (const auto& cache : os::entries_of(cpu / "cache")) {
      std::vector<std::string> kind;
      for (const char* field : {"level", "type", "size"}) {
        auto value = os::read_unless_absent(cache / field);
        if (!value) return unknown(value.error().message);
        if (*value) kind.push_back(**std::move(value));
      }
      if (kind.size() == 3) kinds.insert(fmt::format("L{}", fmt::join(kind, " ")));
    }
  }
  if (kinds.empty()) return unknown("no caches in " + cpus.string());
  return fmt::format("{}", fmt::join(kinds, ", "));
}

std::string ram_class(const Roots& roots) {
  const auto content = os::read_pseudo_file(roots.proc / "meminfo");
  if (!content) return unknown(content.error().message);
  for (const auto& line : split(*content, '\n')) {
    unsigned long long kib = 0;
    if (std::sscanf(line.c_str(), "MemTotal: %llu kB", &kib) != 1) continue;
    return memory_class(kib);
  }
  return unknown("no MemTotal in /proc/meminfo");
}

std::string numa_nodes(const Roots& roots) {
  const auto online = os::read_pseudo_file(roots.sys / "devices/system/node/online");
  if (!online) return unknown(online.error().message);
  const auto nodes = parse_cpu_list(*online);
  return nodes ? std::to_string(nodes->size()) : unknown("the list of nodes is not readable");
}

/// "spectre_v1=Mitigation: usercopy/swapgs barriers; ...", without those that do not apply.
std::string mitigations(const Roots& roots) {
  const auto files = os::entries_of(roots.sys / "devices/system/cpu/vulnerabilities");
  if (files.empty()) return unknown("no /sys/devices/system/cpu/vulnerabilities");
  std::string summary;
  for (const auto& file : files) {
    const std::string state = content_or_why(file);
    if (state == "Not affected") continue;
    if (!summary.empty()) summary += "; ";
    summary += file.filename().string() + '=' + state.substr(0, state.find_first_of(";,"));
  }
  return summary.empty() ? "not affected" : summary;
}

}  // namespace

Machine described(const Roots& roots, const Kernel& kernel) {
  const CpuInfo cpu{roots.proc / "cpuinfo"};
  const Virtualisation guest = virtualisation(roots, kernel);
  const std::string microcode = cpu.first_of({"microcode"});
  Machine machine;
  machine.hashed = {
      {"cpu_vendor", cpu.first_of({"vendor_id", "CPU implementer"})},
      {"cpu_model", cpu.first_of({"model name", "Model", "CPU part"})},
      {"cpu_family", cpu.first_of({"cpu family", "CPU architecture"})},
      {"cpu_model_number", cpu.first_of({"model", "CPU part"})},
      {"cpu_stepping", cpu.first_of({"stepping", "CPU revision"})},
      // A guest sees a constant, or the version of its current host.
      {"microcode", guest.is_guest ? "hidden from a guest" : microcode},
      {"architecture", kernel.architecture()},
      {"topology", topology(roots)},
      {"caches", caches(roots)},
      {"memory", ram_class(roots)},
      {"numa_nodes", numa_nodes(roots)},
  };
  machine.shown = {
      {"kernel", content_or_why(roots.proc / "sys/kernel/osrelease")},
      {"mitigations", mitigations(roots)},
      {"libc", kernel.libc()},
      {"hypervisor", guest.hypervisor},
      {"container", guest.container},
      {kHardwareClassFact, std::string{name_of(hardware_class(roots))}},
      {"host_name", content_or_why(roots.proc / "sys/kernel/hostname")},
  };
  if (guest.is_guest) machine.shown.emplace_back("microcode_seen_by_guest", microcode);
  return machine;
}

}  // namespace pulsebench::machine
