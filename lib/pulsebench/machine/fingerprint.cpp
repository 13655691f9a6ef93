#include "pulsebench/machine/fingerprint.hpp"

#include <string>

#include <fmt/format.h>

#include "pulsebench/machine/described.hpp"
#include "pulsebench/machine/emulator.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::machine {
namespace {

std::string canonical(const NamedFacts& facts) {
  std::string text = "pulsebench machine 1\n";
  for (const auto& [name, value] : facts) text += name + '=' + value + '\n';
  return text;
}

}  // namespace

std::string memory_class(unsigned long long kib) {
  constexpr unsigned long long kGib = 1024ULL * 1024ULL;
  for (unsigned long long gib = 1; gib < (1ULL << 40U); gib *= 2) {
    if (kib <= gib * kGib) return fmt::format("{} GiB", gib);
    if (gib >= 2 && kib <= gib / 2 * 3 * kGib) return fmt::format("{} GiB", gib / 2 * 3);
  }
  return "more than any machine has";
}

Machine fingerprint(const Roots& roots, const Kernel& kernel) {
  Machine machine = described(roots, kernel);
  if (const std::string name = emulator(roots, kernel.architecture()); !name.empty()) {
    machine.hashed.emplace_back(kEmulatorFact, name);
  }
  for (auto* facts : {&machine.hashed, &machine.shown}) {
    for (auto& [name, value] : *facts) value = printable(value, 1000);
  }
  machine.key = os::sha256_of(canonical(machine.hashed)).substr(0, 16);
  return machine;
}

}  // namespace pulsebench::machine
