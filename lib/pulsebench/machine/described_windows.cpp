#include <cpuid.h>
#include <windows.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "pulsebench/machine/described.hpp"
#include "pulsebench/machine/hardware_class.hpp"
#include "pulsebench/machine/virtualisation.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::machine {
namespace {

const char* const kNotRead = "unknown: not read on Windows";

using Leaf = std::array<unsigned, 4>;  // EAX, EBX, ECX, EDX

Leaf leaf_of(unsigned number) {
  Leaf leaf{};
  __get_cpuid(number, &leaf[0], &leaf[1], &leaf[2], &leaf[3]);
  return leaf;
}

/// The text in registers, up to the first zero, without blanks around it.
std::string text_in(const std::vector<unsigned>& registers) {
  std::string text(registers.size() * sizeof(unsigned), '\0');
  std::memcpy(text.data(), registers.data(), text.size());
  text.resize(std::min(text.find('\0'), text.size()));
  return std::string{trimmed(text)};
}

std::string vendor() {
  const Leaf leaf = leaf_of(0);
  return text_in({leaf[1], leaf[3], leaf[2]});
}

std::string model_name() {
  std::vector<unsigned> registers;
  for (const unsigned number : {0x8000'0002U, 0x8000'0003U, 0x8000'0004U}) {
    const Leaf leaf = leaf_of(number);
    registers.insert(registers.end(), leaf.begin(), leaf.end());
  }
  return text_in(registers);
}

/// Family, model and stepping as Linux has them in /proc/cpuinfo (Intel SDM, CPUID leaf 1).
struct Signature {
  unsigned family, model, stepping;
};

Signature signature() {
  const unsigned bits = leaf_of(1)[0];
  unsigned family = (bits >> 8U) & 0xFU;
  unsigned model = (bits >> 4U) & 0xFU;
  if (family == 0xF) family += (bits >> 20U) & 0xFFU;
  if (family >= 6) model += ((bits >> 16U) & 0xFU) << 4U;
  return {family, model, bits & 0xFU};
}

/// What Windows knows of processors: records of different lengths.
class Processors {
 public:
  Processors() {
    DWORD size = 0;
    ::GetLogicalProcessorInformationEx(RelationAll, nullptr, &size);
    bytes_.resize(size);
    auto* const first = reinterpret_cast<SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX*>(bytes_.data());
    if (::GetLogicalProcessorInformationEx(RelationAll, first, &size) == 0) size = 0;
    bytes_.resize(size);
  }

  template <class Take>
  void each(Take take) const {
    for (std::size_t at = 0; at < bytes_.size();) {
      const auto& record =
          reinterpret_cast<const SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX&>(bytes_[at]);
      if (record.Size == 0) break;
      take(record);
      at += record.Size;
    }
  }

 private:
  std::vector<std::byte> bytes_;
};

/// "1 sockets, 4 cores, 8 threads".
std::string topology(const Processors& processors) {
  int sockets = 0, cores = 0;
  processors.each([&](const auto& record) {
    if (record.Relationship == RelationProcessorPackage) ++sockets;
    if (record.Relationship == RelationProcessorCore) ++cores;
  });
  if (cores == 0) return "unknown: Windows tells no processors";
  return fmt::format("{} sockets, {} cores, {} threads", sockets, cores,
                     ::GetActiveProcessorCount(ALL_PROCESSOR_GROUPS));
}

const char* name_of_kind(PROCESSOR_CACHE_TYPE type) {
  return type == CacheUnified ? "Unified" : type == CacheInstruction ? "Instruction" : "Data";
}

std::string caches(const Processors& processors) {
  std::set<std::string> kinds;
  processors.each([&](const auto& record) {
    if (record.Relationship != RelationCache) return;
    kinds.insert(fmt::format("L{} {} {}K", record.Cache.Level, name_of_kind(record.Cache.Type),
                             record.Cache.CacheSize / 1024));
  });
  if (kinds.empty()) return "unknown: Windows tells no caches";
  return fmt::format("{}", fmt::join(kinds, ", "));
}

std::string memory() {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof status;
  if (::GlobalMemoryStatusEx(&status) == 0) return "unknown: Windows tells no size";
  return memory_class(status.ullTotalPhys / 1024);
}

std::string numa_nodes() {
  ULONG highest = 0;
  if (::GetNumaHighestNodeNumber(&highest) == 0) return "unknown: Windows tells no nodes";
  return std::to_string(highest + 1);
}

/// "Windows 10.0.19045". RtlGetVersion says it whatever a manifest promises.
std::string version() {
  using RtlGetVersion = LONG(WINAPI*)(OSVERSIONINFOW*);
  OSVERSIONINFOW info{};
  info.dwOSVersionInfoSize = sizeof info;
  const HMODULE ntdll = ::GetModuleHandleW(L"ntdll.dll");
  auto* const get = reinterpret_cast<RtlGetVersion>(
      reinterpret_cast<void*>(::GetProcAddress(ntdll, "RtlGetVersion")));
  if (get == nullptr || get(&info) != 0) return kNotRead;
  return fmt::format("Windows {}.{}.{}", info.dwMajorVersion, info.dwMinorVersion,
                     info.dwBuildNumber);
}

std::string host_name() {
  std::array<wchar_t, 256> name{};
  auto size = static_cast<DWORD>(name.size());
  if (::GetComputerNameExW(ComputerNameDnsHostname, name.data(), &size) == 0) return kNotRead;
  return std::filesystem::path{std::wstring{name.data(), size}}.string();
}

}  // namespace

Machine described(const Roots& roots, const Kernel& kernel) {
  const Virtualisation guest = virtualisation(roots, kernel);
  const Processors processors;
  const auto [family, model, stepping] = signature();
  Machine machine;
  machine.hashed = {
      {"cpu_vendor", vendor()},
      {"cpu_model", model_name()},
      {"cpu_family", std::to_string(family)},
      {"cpu_model_number", std::to_string(model)},
      {"cpu_stepping", std::to_string(stepping)},
      {"microcode", guest.is_guest ? "hidden from a guest" : kNotRead},
      {"architecture", kernel.architecture()},
      {"topology", topology(processors)},
      {"caches", caches(processors)},
      {"memory", memory()},
      {"numa_nodes", numa_nodes()},
      {"system", "Windows"},
  };
  machine.shown = {
      {"kernel", version()},      {"mitigations", kNotRead},
      {"libc", kernel.libc()},    {"hypervisor", guest.hypervisor},
      {"container", kNotRead},    {kHardwareClassFact, std::string{name_of(hardware_class(roots))}},
      {"host_name", host_name()},
  };
  return machine;
}

}  // namespace pulsebench::machine
