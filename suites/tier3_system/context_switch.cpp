// Cost of a switch to another thread and back, on one CPU: an operation is two switches and their
// system calls. For comparison, the same calls without a switch. The target of 1.5 us in the
// patterns is for a task that yields (`yield/*`), not for threads.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <pulsebench/harness/traits.hpp>
#include <thread>

namespace {

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
  }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  void put(char byte) const { pulsebench::consume(write(ends[1], &byte, 1)); }
  [[nodiscard]] char take() const {
    char byte = 'q';
    pulsebench::consume(read(ends[0], &byte, 1));
    return byte;
  }
  std::array<int, 2> ends{};
};

void by_pipe(benchmark::State& state) {
  Pipe there;
  Pipe back;
  std::thread other([&there, &back] {
    while (there.take() != 'q') back.put('b');
  });
  pulsebench::measure(state, [&there, &back] {
    there.put('a');
    pulsebench::consume(back.take());
  });
  there.put('q');
  other.join();
}
BENCHMARK(by_pipe)->Name("context_switch/pipe");

// One thread writes and reads a byte in two pipes: the four system calls of `pipe` without its two
// switches.
void pipe_alone(benchmark::State& state) {
  const Pipe there;
  const Pipe back;
  pulsebench::measure(state, [&there, &back] {
    there.put('a');
    pulsebench::consume(there.take());
    back.put('b');
    pulsebench::consume(back.take());
  });
}
BENCHMARK(pipe_alone)->Name("context_switch/pipe_alone");

/// A futex word. std::atomic's wait would spin and yield before the system call.
class Turn {
 public:
  enum Value : std::uint32_t { ours, theirs, over };

  void give_to(Value value) {
    word_.store(value);
    syscall(SYS_futex, &word_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
  }
  /// Waits until the value is not `value`, and returns it.
  Value wait_while(Value value) {
    while (word_.load() == value) {
      syscall(SYS_futex, &word_, FUTEX_WAIT_PRIVATE, value, nullptr, nullptr, 0);
    }
    return static_cast<Value>(word_.load());
  }

 private:
  std::atomic<std::uint32_t> word_{ours};
};

void by_futex(benchmark::State& state) {
  Turn turn;
  std::thread other([&turn] {
    while (turn.wait_while(Turn::ours) != Turn::over) turn.give_to(Turn::ours);
  });
  pulsebench::measure(state, [&turn] {
    turn.give_to(Turn::theirs);
    turn.wait_while(Turn::theirs);
  });
  turn.give_to(Turn::over);
  other.join();
}
BENCHMARK(by_futex)->Name("context_switch/futex");
const pulsebench::Traits kFutex{"context_switch/futex", {.version = 2}};

// A wake without a waiter and a wait that returns at once: the calls of `futex` without switches.
void futex_alone(benchmark::State& state) {
  std::atomic<std::uint32_t> word{0};
  pulsebench::measure(state, [&word] {
    for (int side = 0; side < 2; ++side) {
      syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
      syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, nullptr, nullptr, 0);
    }
  });
}
BENCHMARK(futex_alone)->Name("context_switch/futex_alone");

}  // namespace
