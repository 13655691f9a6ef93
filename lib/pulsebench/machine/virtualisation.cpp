#include "pulsebench/machine/virtualisation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

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

/// Reads files that may be absent, and keeps why the first of the others is not readable.
class Sources {
 public:
  [[nodiscard]] std::string read(const fs::path& file) {
    auto content = os::read_unless_absent(file);
    if (content) return content->value_or("");
    if (unread_.empty()) unread_ = content.error().message;
    return "";
  }

  /// What to say where no evidence was found.
  [[nodiscard]] std::string nothing_seen() const {
    return unread_.empty() ? "none seen" : "unknown: " + unread_;
  }

 private:
  std::string unread_;
};

void look_for_hypervisor(const Roots& roots, const Kernel& kernel, Virtualisation& found) {
  Sources sources;
  std::string name;
  std::vector<std::string> evidence;
  if (const std::string signature = kernel.hypervisor_signature(); !signature.empty()) {
    for (const auto& [known, meaning] : kSignatures) {
      if (signature == known) name = meaning;
    }
    evidence.push_back("CPUID says " + signature);
  }
  const std::string cpuinfo = sources.read(roots.proc / "cpuinfo");
  const auto flags = cpuinfo.find("\nflags");
  if (flags != std::string::npos) {
    const std::string line = cpuinfo.substr(flags, cpuinfo.find('\n', flags + 1) - flags) + ' ';
    if (line.find(" hypervisor ") != std::string::npos) evidence.emplace_back("cpuinfo flag");
  }
  if (const std::string type = sources.read(roots.sys / "hypervisor/type"); !type.empty()) {
    if (name.empty()) name = type;
    evidence.push_back("/sys/hypervisor/type is " + type);
  }
  for (const char* field : {"sys_vendor", "product_name"}) {
    const std::string text = sources.read(roots.sys / "class/dmi/id" / field);
    for (const auto& [prefix, meaning] : kProducts) {
      if (!text.starts_with(prefix)) continue;
      if (name.empty()) name = meaning;
      evidence.push_back(fmt::format("firmware {} is {}", field, text));
    }
  }
  found.is_guest = !evidence.empty();
  found.hypervisor = evidence.empty() ? sources.nothing_seen()
                                      : fmt::format("{} ({})", name.empty() ? "unnamed" : name,
                                                    fmt::join(evidence, "; "));
}

void look_for_container(const Roots& roots, Virtualisation& found) {
  Sources sources;
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
  if (const std::string manager = sources.read(roots.run / "systemd/container"); !manager.empty()) {
    evidence.push_back("/run/systemd/container is " + manager);
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
    found.container = hints.empty() ? sources.nothing_seen()
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
