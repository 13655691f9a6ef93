#pragma once

#include <chrono>
#include <string>

namespace pulsebench::run {

/// Makes SIGINT, SIGTERM and SIGHUP readable from a descriptor during its life. SIGHUP stays
/// ignored where it was, as by nohup(1). On Windows Ctrl+C is SIGINT, Ctrl+Break SIGTERM, and the
/// end of the console or session SIGHUP. Several share one signal, which stays until the last of
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

/// "SIGTERM", for a signal that an `Interrupt` has seen.
[[nodiscard]] std::string name_of_interrupt(int signal);

}  // namespace pulsebench::run
