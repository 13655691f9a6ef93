#pragma once

#include <atomic>
#include <thread>

/// Spins a little, then yields: the adaptive spinning of Parking Lot's pattern, with the
/// scheduler's queue in place of a parking lot. Nobody's turn is kept: the quickest has it.
class AdaptiveLock {
 public:
  void lock() {
    for (int spins = 0; taken_.exchange(true, std::memory_order_acquire); ++spins) {
      if (spins < kSpins) {
        __builtin_ia32_pause();
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

/// First come, first served: wholly fair, and slow wherever the next in turn does not run.
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
