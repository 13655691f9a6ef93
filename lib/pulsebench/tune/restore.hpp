#pragma once

#include <string>
#include <vector>

#include "pulsebench/tune/journal.hpp"
#include "pulsebench/tune/sys_io.hpp"

namespace pulsebench::tune {

/// Result of a restoration: one line for each setting, with its values.
struct Restored {
  std::vector<std::string> put_back;    ///< paths that were written
  std::vector<std::string> left_alone;  ///< changed or removed by another program
  std::vector<std::string> failed;      ///< refused by the kernel, or cannot be read

  [[nodiscard]] bool complete() const { return failed.empty(); }
};

/// Restores the values before `changes`, the last one first, and only if the current value is one
/// that pulsebench wrote. One that cannot be read failed, and is not written. A second round fixes
/// side effects of the first (a governor resets the turbo switch).
[[nodiscard]] Restored restore(SysIo& io, const std::vector<Change>& changes);

}  // namespace pulsebench::tune
