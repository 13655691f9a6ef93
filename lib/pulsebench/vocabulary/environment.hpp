#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pulsebench {

using NamedFacts = std::vector<std::pair<std::string, std::string>>;  ///< ordered, name → value

/// The machine a result was measured on. `hashed` facts make the key that two results must share
/// to be compared; `shown` facts are compared and shown, and may drift.
struct Machine {
  std::string key;  ///< first 16 hex digits of SHA-256 over the hashed facts
  NamedFacts
      hashed;        ///< CPU model and stepping, microcode, arch, topology, caches, RAM class, NUMA
  NamedFacts shown;  ///< kernel, mitigations, libc, hypervisor, hardware class, host name
};

inline constexpr const char* kEmulatorFact = "emulator";  ///< hashed; absent where there is none

/// What emulated the machine's processor, empty where nothing did. Times of such a machine are the
/// emulator's.
[[nodiscard]] inline std::string_view emulator_of(const Machine& machine) {
  for (const auto& [name, value] : machine.hashed) {
    if (name == kEmulatorFact) return value;
  }
  return {};
}

/// One knob, sensor or condition, before and after the run. Absence is a reason, never a value.
struct StateFact {
  std::string name;       ///< "governor", "affinity", "load_1min", "steal_percent"
  std::string requested;  ///< empty where nothing was asked
  std::string before;     ///< achieved when the measuring began; empty where absent
  std::string after;      ///< seen when it ended
  std::string reason;     ///< why it is absent or not what was asked
};

struct Git {
  std::string commit, branch, commit_date, merge_base;
  bool dirty = false;
};

/// One suite executable.
struct SuiteBuild {
  std::string name;    ///< as the suite says
  std::string sha256;  ///< of the executable, 64 hex digits
  NamedFacts facts;    ///< compiler, flags, build type, library versions
};

}  // namespace pulsebench
