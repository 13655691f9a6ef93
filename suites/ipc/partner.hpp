#pragma once

#include <sys/types.h>

#include <concepts>
#include <string>

/// Where the two processes run. `same_core`: on the one CPU of the benchmark, so that each message
/// switches between them. `other_core`: on a CPU each, so that a message wakes the other CPU up.
enum class Placement { same_core, other_core };

/// The other process of a benchmark: forked with its channels, and killed at the end. It also dies
/// with the process that forked it, however that ends.
class Partner {
 public:
  /// `serve` runs in the new process, and answers or takes messages without end.
  template <std::invocable Serve>
  Partner(Placement placement, const Serve& serve) : process_(fork_pinned(placement)) {
    if (process_ != 0) return;
    serve();
    leave();
  }
  ~Partner();
  Partner(const Partner&) = delete;
  Partner& operator=(const Partner&) = delete;

  /// Reason why this machine cannot place the processes so; empty if it can.
  [[nodiscard]] static std::string problem(Placement placement);

 private:
  /// Returns 0 in the new process.
  static pid_t fork_pinned(Placement placement);
  [[noreturn]] static void leave();

  pid_t process_;
};

/// Ends the process because its channel ended: nothing that is measured would be true.
[[noreturn]] void give_up(const char* what);
