#pragma once

/// The calling thread without privileges until this goes: its effective user and group are nobody,
/// and its effective capabilities go with them (capabilities(7), "Effect of user ID changes"). By
/// the bare system calls, since glibc's change every thread of the process (nptl(7)). A thread that
/// was not root's has no privileges to drop. The process's memory is unlocked: a new thread's stack
/// could not be locked without them, and there would be no new thread.
class Unprivileged {
 public:
  Unprivileged();
  ~Unprivileged();
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

  /// False where the kernel let nothing be dropped.
  [[nodiscard]] bool holds() const;

 private:
  unsigned user_, group_;  ///< effective, before
  int dumpable_;           ///< the kernel clears these two when credentials change
  int parent_death_signal_ = 0;
};
