#pragma once

#include <functional>
#include <utility>

#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::tune {

/// A process that waits for this one to end, however it ends, and then does one thing. It sits in a
/// session of its own, ignores the terminal's signals, and blocks on a pipe that only this process
/// holds open: SIGKILL closes it too.
class Guardian {
 public:
  /// Forks. `when_alone` runs in the guardian once this process is gone without having dismissed
  /// it; of the open descriptors it keeps only `keep`. Call while no other thread runs. `io` where
  /// there can be no process.
  [[nodiscard]] static Result<Guardian> start(const std::function<void()>& when_alone, int keep);

  Guardian(Guardian&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)), pipe_(std::exchange(other.pipe_, -1)) {}
  Guardian& operator=(Guardian&&) = delete;
  Guardian(const Guardian&) = delete;
  Guardian& operator=(const Guardian&) = delete;
  ~Guardian() { dismiss(); }

  /// Lets it go with nothing done, and waits for its end.
  void dismiss();

  [[nodiscard]] int pid() const { return pid_; }

 private:
  Guardian(int pid, int pipe) : pid_(pid), pipe_(pipe) {}
  int pid_;
  int pipe_;
};

}  // namespace pulsebench::tune
