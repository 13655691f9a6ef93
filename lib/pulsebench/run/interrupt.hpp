#pragma once

namespace pulsebench::run {

/// Turns SIGINT and SIGTERM into something that can be waited for, while it lives. One at a time.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// The signal that arrived, or 0.
  [[nodiscard]] int signal() const;

  /// Becomes readable when one arrives, and stays so.
  [[nodiscard]] int descriptor() const { return read_end_; }

 private:
  int read_end_ = -1;
};

}  // namespace pulsebench::run
