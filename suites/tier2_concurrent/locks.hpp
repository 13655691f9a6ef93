#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "../pause_cpu.hpp"

/// Spins a little, then yields: the adaptive spinning of Parking Lot, with the scheduler's queue
/// instead of a parking lot. It is not fair: the fastest thread gets the lock.
class AdaptiveLock {
 public:
  void lock() {
    for (int spins = 0; taken_.exchange(true, std::memory_order_acquire); ++spins) {
      if (spins < kSpins) {
        pause_cpu();
      } else {
        std::this_thread::yield();
      }
    }
  }
  void unlock() { taken_.store(false, std::memory_order_release); }

 private:
  static constexpr int kSpins = 40;  // as many tries as Parking Lot's spin before it parks
  std::atomic<bool> taken_{false};
};

/// Adaptive and eventually fair: every 0.5 ms `unlock` passes the lock to a waiting thread, as
/// Parking Lot does on average. Then the previous owner cannot take it again first.
class EventuallyFairLock {
 public:
  void lock() {
    for (int spins = 0; spins < kSpins; ++spins) {
      if (take()) return;
      pause_cpu();
    }
    // Relaxed: if the owner of the lock sees this late, it passes the lock on one turn later.
    waiting_.fetch_add(1, std::memory_order_relaxed);
    while (!take() && !handed_.exchange(false, std::memory_order_acquire)) {
      std::this_thread::yield();
    }
    waiting_.fetch_sub(1, std::memory_order_relaxed);  // relaxed: before `unlock`'s release
  }
  void unlock() {
    // Relaxed: a waiting thread stops waiting only with the lock, which is ours until the next
    // line.
    if (waiting_.load(std::memory_order_relaxed) > 0 && is_due()) {
      handed_.store(true, std::memory_order_release);
    } else {
      taken_.store(false, std::memory_order_release);
    }
  }

 private:
  static constexpr int kSpins = 40;
  static constexpr std::chrono::microseconds kFairEvery{500};

  bool take() {
    return !taken_.load(std::memory_order_relaxed) &&  // relaxed: only the exchange decides
           !taken_.exchange(true, std::memory_order_acquire);
  }
  bool is_due() {
    const auto now = std::chrono::steady_clock::now();
    if (now < fair_at_) return false;
    fair_at_ = now + kFairEvery;
    return true;
  }

  std::atomic<bool> taken_{false};
  std::atomic<bool> handed_{false};  ///< taken, and reserved for a waiting thread
  std::atomic<int> waiting_{0};
  std::chrono::steady_clock::time_point fair_at_{};  ///< guarded by the lock itself
};

/// First come, first served: fair, and slow if the next thread does not run.
class TicketLock {
 public:
  void lock() {
    const unsigned mine = next_.fetch_add(1, std::memory_order_relaxed);
    while (serving_.load(std::memory_order_acquire) != mine) std::this_thread::yield();
  }
  void unlock() {
    serving_.store(serving_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

 private:
  std::atomic<unsigned> next_{0};
  std::atomic<unsigned> serving_{0};
};
