#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <cstdint>
#include <thread>

#include "../pause_cpu.hpp"
#include "channels.hpp"

/// Sleeps in the kernel until it is woken. Not FUTEX_PRIVATE: the word is shared by processes.
struct ByFutex {
  static void wait_while(std::atomic<std::uint32_t>& word, std::uint32_t value) {
    // acquire: the message was written before the turn
    while (word.load(std::memory_order_acquire) == value) {
      ::syscall(SYS_futex, &word, FUTEX_WAIT, value, nullptr, nullptr, 0);
    }
  }
  static void wake(std::atomic<std::uint32_t>& word) {
    ::syscall(SYS_futex, &word, FUTEX_WAKE, 1, nullptr, nullptr, 0);
  }
};

/// Keeps its CPU busy until the word changes.
struct BySpinning {
  static void wait_while(const std::atomic<std::uint32_t>& word, std::uint32_t value) {
    // acquire: the message was written before the turn
    while (word.load(std::memory_order_acquire) == value) pause_cpu();
  }
  static void wake(const std::atomic<std::uint32_t>& /*word*/) {}
};

/// A message in shared memory, and a word that says whose turn it is.
template <class Waiting>
class SharedMessage {
 public:
  void call(Message& message) const {
    slot_->message = message;
    give_to(kTheirs);
    Waiting::wait_while(slot_->turn, kTheirs);
    message = slot_->message;
  }
  void answer() const {
    for (;;) {
      Waiting::wait_while(slot_->turn, kOurs);
      ++slot_->message[0];
      give_to(kOurs);
    }
  }

 private:
  static constexpr std::uint32_t kOurs = 0, kTheirs = 1;
  struct Slot {
    alignas(64) std::atomic<std::uint32_t> turn{kOurs};
    alignas(64) Message message{};
  };

  void give_to(std::uint32_t whom) const {
    slot_->turn.store(whom, std::memory_order_release);  // after the message
    Waiting::wake(slot_->turn);
  }

  SharedMemory<Slot> slot_;
};

/// The same by two semaphores of Boost.Interprocess.
class BoostSemaphores {
 public:
  void call(Message& message) const {
    slot_->message = message;
    slot_->asked.post();
    slot_->answered.wait();
    message = slot_->message;
  }
  void answer() const {
    for (;;) {
      slot_->asked.wait();
      ++slot_->message[0];
      slot_->answered.post();
    }
  }

 private:
  struct Slot {
    boost::interprocess::interprocess_semaphore asked{0}, answered{0};
    alignas(64) Message message{};
  };
  SharedMemory<Slot> slot_;
};

inline constexpr std::size_t kBlocks = 64;  ///< that a ring holds

/// Ring of blocks in shared memory, for one producer and one consumer, which both spin.
class Ring {
 public:
  void put(const Block& block) const {
    const std::uint32_t head = ring_->head.load(std::memory_order_relaxed);  // its only writer
    // acquire: the consumer has read the block before it moved the tail
    while (head - ring_->tail.load(std::memory_order_acquire) == kBlocks) pause_cpu();
    ring_->blocks[head % kBlocks] = block;
    ring_->head.store(head + 1, std::memory_order_release);  // after the block
  }
  void take(Block& block) const {
    const std::uint32_t tail = ring_->tail.load(std::memory_order_relaxed);  // its only writer
    // acquire: the producer wrote the block before it moved the head
    while (ring_->head.load(std::memory_order_acquire) == tail) pause_cpu();
    block = ring_->blocks[tail % kBlocks];
    ring_->tail.store(tail + 1, std::memory_order_release);  // after the block was read
  }

 private:
  struct Blocks {
    alignas(64) std::atomic<std::uint32_t> head{0};
    alignas(64) std::atomic<std::uint32_t> tail{0};
    alignas(64) std::array<Block, kBlocks> blocks{};
  };
  SharedMemory<Blocks> ring_;
};

/// The same by Boost.Lockfree, whose queue of fixed size works in shared memory.
class BoostRing {
 public:
  void put(const Block& block) const {
    while (!queue_->push(block)) pause_cpu();
  }
  void take(Block& block) const {
    while (!queue_->pop(block)) pause_cpu();
  }

 private:
  using Queue = boost::lockfree::spsc_queue<Block, boost::lockfree::capacity<kBlocks>>;
  SharedMemory<Queue> queue_;
};
