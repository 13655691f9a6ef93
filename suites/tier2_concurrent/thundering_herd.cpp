// N threads wait, and one call wakes all: time until the first of them runs, and until the last
// does. Source: docs/suites.md, "thundering".
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/traits.hpp>
#include <pulsebench/harness/turn_cpus.hpp>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

/// Threads that sleep until one call wakes all; each records when it ran.
class Herd {
 public:
  struct Wake {
    std::chrono::nanoseconds first, last;
  };

  explicit Herd(std::size_t size) : ran_at_(size) {
    pulsebench::take_turn(0);
    for (std::size_t i = 0; i < size; ++i) threads_.emplace_back([this, i] { live(i); });
  }
  ~Herd() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  /// Wakes all threads once all sleep, and waits until all have run.
  Wake stampede() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return asleep_ == threads_.size(); });
    ++round_;
    lock.unlock();
    const auto began = Clock::now();
    wake_.notify_all();
    lock.lock();
    changed_.wait(lock, [this] { return ran_ == threads_.size(); });
    ran_ = 0;
    const auto [first, last] = std::minmax_element(ran_at_.begin(), ran_at_.end());
    return {*first - began, *last - began};
  }

 private:
  void live(std::size_t index) {
    pulsebench::take_turn(static_cast<int>(index) + 1);
    std::unique_lock lock(mutex_);
    for (std::uint64_t seen = 0;;) {
      ++asleep_;
      changed_.notify_one();
      wake_.wait(lock, [&] { return over_ || round_ != seen; });
      if (over_) return;
      ran_at_[index] = Clock::now();
      seen = round_;
      --asleep_;
      ++ran_;
      changed_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_, changed_;
  // Guarded by the mutex:
  std::uint64_t round_ = 0;
  std::size_t asleep_ = 0, ran_ = 0;
  bool over_ = false;
  std::vector<Clock::time_point> ran_at_;
  std::vector<std::thread> threads_;
};

void first(benchmark::State& state) {
  Herd herd(static_cast<std::size_t>(state.range(0)));
  pulsebench::measure_latency(state, [&herd] { return herd.stampede().first; });
}
BENCHMARK(first)->Name("thundering_herd/first")->Arg(2)->Arg(16);

void last(benchmark::State& state) {
  Herd herd(static_cast<std::size_t>(state.range(0)));
  pulsebench::measure_latency(state, [&herd] { return herd.stampede().last; });
}
BENCHMARK(last)->Name("thundering_herd/last")->Arg(2)->Arg(16);

// Version 1 measured the time of the whole stampede.
const pulsebench::Traits kFirst2{"thundering_herd/first/2", {.version = 2, .threads = 2}};
const pulsebench::Traits kFirst16{"thundering_herd/first/16", {.version = 2, .threads = 16}};
const pulsebench::Traits kLast2{"thundering_herd/last/2", {.version = 2, .threads = 2}};
const pulsebench::Traits kLast16{"thundering_herd/last/16", {.version = 2, .threads = 16}};

}  // namespace
