#pragma once

#include <string>

namespace pulsebench::profile {

/// One function of a stack.
struct Frame {
  std::string function;   ///< demangled; `[libc.so.6]` where only the file is known
  std::string file = {};  ///< of the source; empty where it is not known
  int line = 0;           ///< where the function is or calls the next one; 0 where not known
  bool inlined = false;   ///< its code is in the function that follows

  bool operator==(const Frame&) const = default;
};

}  // namespace pulsebench::profile
