// What it costs to go to another thread and back, on one CPU: an operation is two switches. Target
// of one switch: below 1.5 us, yield benchmarks.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
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
BENCHMARK(by_pipe)->Name("context_switch/pipe");  // target: < 3 us

void by_futex(benchmark::State& state) {
  enum : int { kOurs, kTheirs, kOver };
  std::atomic<int> turn{kOurs};
  std::thread other([&turn] {
    for (;;) {
      turn.wait(kOurs);
      if (turn.load() == kOver) return;
      turn.store(kOurs);
      turn.notify_one();
    }
  });
  pulsebench::measure(state, [&turn] {
    turn.store(kTheirs);
    turn.notify_one();
    turn.wait(kTheirs);
  });
  turn.store(kOver);
  turn.notify_one();
  other.join();
}
BENCHMARK(by_futex)->Name("context_switch/futex");  // target: < 3 us

}  // namespace
