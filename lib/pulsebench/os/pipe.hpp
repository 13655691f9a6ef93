#pragma once

#include <array>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::os {

/// Two descriptors: what is written into one is read from the other. exec closes both.
struct Pipe {
  Descriptor read_end, write_end;

  /// Returns true if the system had two descriptors; else errno says why not.
  /// `flags` as pipe2(2) takes them, 0 on Windows.
  [[nodiscard]] bool make(int flags = 0);

  /// Takes over the two ends of a pipe or of a pair of sockets.
  bool take(const std::array<int, 2>& ends) {
    read_end = Descriptor{ends[0]};
    write_end = Descriptor{ends[1]};
    return true;
  }
};

}  // namespace pulsebench::os
