#pragma once

#include <string>

namespace pulsebench {

/// A line of source code.
struct SourceLine {
  std::string file;  ///< as the compiler was given it, or relative to the repository
  int line = 1;      ///< from 1

  bool operator==(const SourceLine&) const = default;
};

}  // namespace pulsebench
