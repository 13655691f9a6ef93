#pragma once

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::run {

/// Makes SIGINT and SIGTERM readable from a descriptor during its life. At most one may exist.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// The signal that arrived, or 0.
  [[nodiscard]] int signal() const;

  /// Becomes and stays readable when a signal arrives.
  [[nodiscard]] int descriptor() const { return read_end_.number(); }

 private:
  os::Descriptor read_end_;
};

}  // namespace pulsebench::run
