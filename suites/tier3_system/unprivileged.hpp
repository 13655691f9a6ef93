#pragma once

/// Drops the privileges of the calling thread until the destructor: its effective user and group
/// become nobody, which also clears its effective capabilities (capabilities(7), "Effect of user ID
/// changes"). Uses raw system calls, since glibc's change every thread of the process (nptl(7)). A
/// thread without root has no privileges to drop. Also unlocks the process's memory: without
/// privileges the stack of a new thread cannot be locked, and creating the thread would fail.
class Unprivileged {
 public:
  Unprivileged();
  ~Unprivileged();
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;

  /// False if the kernel refused to drop the privileges.
  [[nodiscard]] bool holds() const;

 private:
  unsigned user_, group_;  ///< effective, before
  int dumpable_;           ///< the kernel clears these two when credentials change
  int parent_death_signal_ = 0;
};
