#pragma once

#include <array>
#include <csignal>

#include "pulsebench/os/descriptor.hpp"

namespace pulsebench::run {

/// Makes SIGINT, SIGTERM and SIGHUP readable from a descriptor during its life. SIGHUP stays
/// ignored where it was, as by nohup(1). At most one may exist.
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
  static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

  os::Descriptor read_end_;
  std::array<struct sigaction, kSignals.size()> before_{};
};

}  // namespace pulsebench::run
