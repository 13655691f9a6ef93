#pragma once

#include <optional>
#include <string>

#include "pulsebench/profile/heap_change.hpp"
#include "pulsebench/profile/heap_profile.hpp"

namespace pulsebench::profile {

/// What one benchmark takes from the heap, and what has changed.
struct MemoryReport {
  std::string benchmark;
  HeapProfile heap;           ///< of the new side
  std::string old_side = {};  ///< as the user wrote it; empty without one
  std::optional<HeapChange> change = {};
  bool gates = false;  ///< a growth fails the run

  [[nodiscard]] bool fails() const {
    return gates && change && grew(change->before, change->after);
  }
};

}  // namespace pulsebench::profile
