#include "pulsebench/machine/virtualisation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/os/pseudo_file.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;
namespace {

using Names = std::vector<std::pair<std::string_view, std::string_view>>;

/// Signatures in CPUID leaf 0x40000000, as documented by the hypervisors.
const Names kSignatures{{"KVMKVMKVM", "KVM"},         {"Microsoft Hv", "Hyper-V"},
                        {"VMwareVMware", "VMware"},   {"XenVMMXenVMM", "Xen"},
                        {"TCGTCGTCGTCG", "QEMU TCG"}, {"bhyve bhyve ", "bhyve"},
                        {"prl hyperv  ", "Parallels"}};

/// Prefixes of the firmware's system vendor or product name in a virtual machine.
const Names kProducts{{"QEMU", "QEMU"},
                      {"KVM", "KVM"},
                      {"VMware", "VMware"},
                      {"VirtualBox", "VirtualBox"},
                      {"innotek", "VirtualBox"},
                      {"Xen", "Xen"},
                      {"Virtual Machine", "Hyper-V"},
                      {"Google Compute Engine", "KVM"},
                      {"Parallels", "Parallels"}};

/// The first namespaces of a kernel have fixed inodes (include/linux/proc_ns.h).
constexpr std::array<std::pair<const char*, const char*>, 4> kFirstNamespaces{
    {{"ipc", "ipc:[4026531839]"},
     {"uts", "uts:[4026531838]"},
     {"pid", "pid:[4026531836]"},
     {"cgroup", "cgroup:[4026531835]"}}};

void look_for_hypervisor(const Roots& roots, const Kernel& kernel, Virtualisation& found) {
  std::string name;
  std::vector<std::string> evidence;
  if (const std::string signature = kernel.hypervisor_signature(); !signature.empty()) {
    for (const auto& [known, meaning] : kSignatures) {
      if (signature == known) name = meaning;
    }
    evidence.push_back("CPUID says " + signature);
  }
  const std::string cpuinfo = os::read_if_there(roots.proc / "cpuinfo").value_or("");
  const auto flags = cpuinfo.find("\nflags");
  if (flags != std::string::npos) {
    const std::string line = cpuinfo.substr(flags, cpuinfo.find('\n', flags + 1) - flags) + ' ';
    if (line.find(" hypervisor ") != std::string::npos) evidence.emplace_back("cpuinfo flag");
  }
  if (const auto type = os::read_if_there(roots.sys / "hypervisor/type"); type && !type->empty()) {
    if (name.empty()) name = *type;
    evidence.push_back("/sys/hypervisor/type is " + *type);
  }
  for (const char* field : {"sys_vendor", "product_name"}) {
    const auto text = os::read_if_there(roots.sys / "class/dmi/id" / field);
    if (!text) continue;
    for (const auto& [prefix, meaning] : kProducts) {
      if (text->rfind(prefix, 0) != 0) continue;
      if (name.empty()) name = meaning;
      evidence.push_back(fmt::format("firmware {} is {}", field, *text));
    }
  }
  found.is_guest = !evidence.empty();
  found.hypervisor = evidence.empty() ? "none seen"
                                      : fmt::format("{} ({})", name.empty() ? "unnamed" : name,
                                                    fmt::join(evidence, "; "));
}

void look_for_container(const Roots& roots, Virtualisation& found) {
  std::vector<std::string> own;
  bool readable = false;
  for (const auto& [kind, first] : kFirstNamespaces) {
    std::error_code error;
    const fs::path link = fs::read_symlink(roots.proc / "self/ns" / kind, error);
    if (error) continue;
    readable = true;
    if (link != first) own.emplace_back(kind);
  }
  std::vector<std::string> evidence;
  if (!own.empty()) evidence.push_back(fmt::format("own {} namespaces", fmt::join(own, ", ")));
  if (const auto manager = os::read_if_there(roots.run / "systemd/container");
      manager && !manager->empty()) {
    evidence.push_back("/run/systemd/container is " + *manager);
  }
  found.in_container = !evidence.empty();
  std::vector<std::string> hints;
  std::error_code error;
  if (fs::exists(roots.top / ".dockerenv", error)) hints.emplace_back("/.dockerenv");
  if (fs::exists(roots.run / ".containerenv", error)) hints.emplace_back("/run/.containerenv");
  if (found.in_container) {
    evidence.insert(evidence.end(), hints.begin(), hints.end());
    found.container = fmt::format("yes: {}", fmt::join(evidence, "; "));
  } else if (!readable) {
    found.container = "unknown: no " + (roots.proc / "self/ns").string();
  } else {
    found.container = hints.empty() ? "none seen"
                                    : fmt::format(
                                          "none seen, though {} exists: the namespaces "
                                          "are the host's",
                                          fmt::join(hints, " and "));
  }
}

}  // namespace

Virtualisation virtualisation(const Roots& roots, const Kernel& kernel) {
  Virtualisation found;
  look_for_hypervisor(roots, kernel, found);
  look_for_container(roots, found);
  return found;
}

}  // namespace pulsebench::machine
