#pragma once

#include <atomic>
#include <chrono>
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

/// Adaptive, and fair in the end: now and then it is not let go of but handed to one who waits, as
/// Parking Lot's locks do every 0.5 ms on average. Who has just had it cannot take it again first.
class EventuallyFairLock {
 public:
  void lock() {
    for (int spins = 0; spins < kSpins; ++spins) {
      if (take()) return;
      __builtin_ia32_pause();
    }
    // Relaxed: whoever holds the lock sees this by the time that it matters to the one who waits;
    // seen late, it is handed over one turn later.
    waiting_.fetch_add(1, std::memory_order_relaxed);
    while (!take() && !handed_.exchange(false, std::memory_order_acquire)) {
      std::this_thread::yield();
    }
    waiting_.fetch_sub(1, std::memory_order_relaxed);  // relaxed: before `unlock`'s release
  }
  void unlock() {
    // Relaxed, and right: who waits leaves only with the lock, which is ours until the next line.
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
  std::atomic<bool> handed_{false};  ///< taken, and meant for one who waits
  std::atomic<int> waiting_{0};
  std::chrono::steady_clock::time_point fair_at_{};  ///< guarded by the lock itself
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
