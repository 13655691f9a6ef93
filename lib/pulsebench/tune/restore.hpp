#pragma once

#include <string>
#include <vector>

#include "pulsebench/tune/journal.hpp"
#include "pulsebench/tune/sys_io.hpp"

namespace pulsebench::tune {

/// What putting the machine back came to. One line each, naming setting and values.
struct Restored {
  std::vector<std::string> put_back;    ///< paths that were written
  std::vector<std::string> left_alone;  ///< changed by somebody else since, or gone
  std::vector<std::string> failed;      ///< refused by the kernel

  [[nodiscard]] bool complete() const { return failed.empty(); }
};

/// Puts back what stood before `changes`, last one first, and only where the value is still one
/// that we wrote. A second round mends what restoring one setting did to another (a governor resets
/// the turbo switch).
[[nodiscard]] Restored restore(SysIo& io, const std::vector<Change>& changes);

}  // namespace pulsebench::tune
