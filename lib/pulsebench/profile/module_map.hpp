#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pulsebench::profile {

/// Executable memory of a process that shows a file.
struct Mapping {
  std::uint64_t begin = 0, end = 0;  ///< addresses in the process, the second one excluded
  std::uint64_t offset = 0;          ///< of `begin` in the file, in bytes
  std::string path = {};             ///< `[vdso]` for the code that the kernel lends to a process
};

/// Files that a process executes, by address.
class ModuleMap {
 public:
  /// Reads the content of /proc/PID/maps. Lines that do not describe executable files are skipped.
  [[nodiscard]] static ModuleMap parse(std::string_view maps);

  /// Adds a mapping, which replaces those that it overlaps.
  void add(Mapping mapping);

  /// Returns the mapping that contains an address; null if there is none.
  [[nodiscard]] const Mapping* find(std::uint64_t address) const;

  [[nodiscard]] const std::vector<Mapping>& mappings() const { return mappings_; }

 private:
  std::vector<Mapping> mappings_;  // by address
};

}  // namespace pulsebench::profile
