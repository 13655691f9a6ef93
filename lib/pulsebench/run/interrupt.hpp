#pragma once

#include <chrono>

namespace pulsebench::run {

/// Makes SIGINT, SIGTERM and SIGHUP readable from a descriptor during its life. SIGHUP stays
/// ignored where it was, as by nohup(1). Several share one signal, which stays until the last of
/// them is gone: who holds one across several steps misses none that arrives between two of them.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// The signal that arrived, or 0.
  [[nodiscard]] int signal() const;

  /// Waits at most so long for a signal. The one that arrived, or 0.
  [[nodiscard]] int wait(std::chrono::milliseconds most) const;

  /// Becomes and stays readable when a signal arrives.
  [[nodiscard]] int descriptor() const;
};

}  // namespace pulsebench::run
