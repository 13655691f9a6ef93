#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "pulsebench/profile/frame.hpp"
#include "pulsebench/profile/libdw.hpp"

namespace pulsebench::profile {

/// Functions and lines of the addresses of one file, by its debugging information. Each unit's
/// functions are indexed once: a search from the unit's root for each address would take as long
/// as the unit is large.
class SourceFrames {
 public:
  /// `dwarf` outlives this object.
  explicit SourceFrames(Dwarf* dwarf);

  /// Returns the functions that are inlined at a link address, the innermost first, and last the
  /// one that has the code. Empty for an address without debugging information.
  [[nodiscard]] std::vector<Frame> at(std::uint64_t address);

 private:
  struct Range {
    std::uint64_t begin, end;
    Dwarf_Off entry;
  };
  using Ranges = std::vector<Range>;

  static const Range* find(const Ranges& ranges, std::uint64_t address);
  void add_ranges(Dwarf_Die& entry, Ranges& ranges) const;
  void add_functions(Dwarf_Die& parent, Ranges& ranges) const;
  const Ranges& functions_of(Dwarf_Die& unit);

  const Libdw& libdw_;
  Dwarf* dwarf_;
  Ranges units_;                                     // by address
  std::unordered_map<Dwarf_Off, Ranges> functions_;  // of a unit, by address
};

}  // namespace pulsebench::profile
