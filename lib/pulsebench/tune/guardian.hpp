#pragma once

#include <functional>
#include <utility>

#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::tune {

/// A process that waits for any end of this one, and then does one action. It has its own session,
/// ignores the terminal's signals, and blocks on a pipe whose other end only this process has open:
/// SIGKILL closes it too.
class Guardian {
 public:
  /// Forks. `when_alone` runs in the guardian if this process ends without `dismiss`. Of the open
  /// descriptors the guardian keeps only `lock`, and `journal`, which the action gets. Call while
  /// no other thread runs. `io` if there can be no process.
  [[nodiscard]] static Result<Guardian> start(const std::function<void(int journal)>& when_alone,
                                              int journal, int lock);

  Guardian(Guardian&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)), pipe_(std::move(other.pipe_)) {}
  Guardian& operator=(Guardian&&) = delete;
  Guardian(const Guardian&) = delete;
  Guardian& operator=(const Guardian&) = delete;
  ~Guardian() { dismiss(); }

  /// Ends the guardian without its action, and waits for its exit.
  void dismiss();

  [[nodiscard]] int pid() const { return pid_; }

 private:
  Guardian(int pid, os::Descriptor pipe) : pid_(pid), pipe_(std::move(pipe)) {}
  int pid_;
  os::Descriptor pipe_;
};

}  // namespace pulsebench::tune
