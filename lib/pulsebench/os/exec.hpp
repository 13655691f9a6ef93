#pragma once

#include <chrono>
#include <string>
#include <thread>
#include <vector>

/// What every start of a program needs: its environment and arguments, built before the fork, and
/// the steps between fork and exec, which are system calls only.
namespace pulsebench::os {

/// Returns the variables of this process with `changes`: NAME=VALUE sets one, NAME removes it.
[[nodiscard]] std::vector<std::string> environment_with(const std::vector<std::string>& changes);

/// Returns the array that exec takes, which ends in a null pointer. Valid as long as `strings`.
[[nodiscard]] std::vector<char*> pointers_to(std::vector<std::string>& strings);

/// In the child: leads a process group of its own, receives `death_signal` when `parent` ends, and
/// handles signals in their default way.
void begin_child(int parent, int death_signal);

/// In the child: returns a copy of `descriptor` above every number that `place` fills, so that none
/// is overwritten before it is placed.
[[nodiscard]] int lifted(int descriptor);

/// In the child: makes `from` available as number `to` to the program that exec starts. False where
/// that fails, or `from` is none: the program must not start with our own descriptor in its place.
[[nodiscard]] bool place(int from, int to);

/// Returns true for the errno of a shortage of processes, memory or descriptors, which may end a
/// moment later.
[[nodiscard]] bool is_shortage(int error);

/// Calls `start`, which returns a `tl::expected`, until it succeeds, or `may_pass` says that its
/// failure stays, or 0.31 s are over: pauses of 10 ms, doubled up to 160 ms.
template <class Start, class MayPass>
[[nodiscard]] auto start_patiently(const Start& start, const MayPass& may_pass) {
  constexpr std::chrono::milliseconds kFirstPause{10}, kLastPause{160};
  for (auto pause = kFirstPause;; pause *= 2) {
    auto started = start();
    if (started || pause > kLastPause || !may_pass(started.error())) return started;
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace pulsebench::os
