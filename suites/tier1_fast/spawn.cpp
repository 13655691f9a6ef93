// Tasks of an executor: Asio in place of the runtime in Tokio's patterns. The only file of the
// suite with Asio.
#include <benchmark/benchmark.h>

#include <asio/experimental/channel.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <condition_variable>
#include <mutex>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <pulsebench/harness/traits.hpp>
#include <pulsebench/harness/turn_cpus.hpp>

namespace {

// Spawns a task on a worker that then runs it.
void spawn_local(benchmark::State& state) {
  asio::io_context worker{1};
  int result = 0;
  pulsebench::measure(state, [&worker, &result] {
    asio::post(worker, [&result] { result = 42; });
    worker.poll();
    worker.restart();
    pulsebench::consume(result);
  });
}
BENCHMARK(spawn_local)->Name("spawn/local");  // target: < 500 ns, runtime benchmarks

/// A pool of one thread on the next CPU, so that a task goes to another worker and returns.
class Pool {
 public:
  Pool() {
    pulsebench::take_turn(0);
    run_and_wait([] { pulsebench::take_turn(1); });
  }
  ~Pool() { pool_.join(); }

  template <class Task>
  void run_and_wait(Task task) {
    std::unique_lock lock(mutex_);
    is_done_ = false;
    asio::post(pool_, [this, task] {
      task();
      const std::lock_guard guard(mutex_);
      is_done_ = true;
      done_.notify_one();
    });
    done_.wait(lock, [this] { return is_done_; });
  }

 private:
  // std::atomic::wait spins first: a task took 1 us or 36 us, depending on which thread slept.
  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  asio::thread_pool pool_{1};
};

// Runs a task on a worker of another CPU, which may sleep, and waits for it.
void spawn_remote(benchmark::State& state) {
  Pool pool;
  pulsebench::measure(state, [&pool] { pool.run_and_wait([] {}); });
}
BENCHMARK(spawn_remote)->Name("spawn/remote");
const pulsebench::Traits kRemote{"spawn/remote", {.threads = 2}};

// A task that requeues itself 1000 times: one operation is the whole chain.
void yield_chain(benchmark::State& state) {
  asio::io_context worker{1};
  pulsebench::measure(state, [&worker] {
    struct Chain {
      asio::io_context& worker;
      int left;
      void operator()() {
        if (--left > 0) asio::post(worker, Chain{worker, left});
      }
    };
    asio::post(worker, Chain{worker, 1000});
    worker.run();
    worker.restart();
  });
}
BENCHMARK(yield_chain)->Name("yield/task_1000");  // target: 1000 times < 1.5 us, yield benchmarks

using Channel = asio::experimental::channel<void(asio::error_code, int)>;

// Sends one message to a channel with room, and receives it.
void send_receive(benchmark::State& state) {
  asio::io_context worker{1};
  Channel channel(worker, 1000);
  int sum = 0;
  pulsebench::measure(state, [&channel, &sum] {
    pulsebench::consume(channel.try_send(asio::error_code{}, 1));
    channel.try_receive([&sum](asio::error_code, int item) { sum += item; });
    pulsebench::consume(sum);
  });
}
BENCHMARK(send_receive)->Name("channel/send_receive");  // target: < 100 ns, MPSC benchmarks

// Creates a channel, sends a hundred messages and receives one, as Tokio's benchmark does.
void send_100(benchmark::State& state) {
  asio::io_context worker{1};
  int sum = 0;
  pulsebench::measure(state, [&worker, &sum] {
    Channel channel(worker, 1000);
    for (int i = 0; i < 100; ++i) pulsebench::consume(channel.try_send(asio::error_code{}, i));
    channel.try_receive([&sum](asio::error_code, int item) { sum += item; });
    pulsebench::consume(sum);
  });
}
BENCHMARK(send_100)->Name("channel/new_and_send_100");  // target: 101 times < 100 ns

}  // namespace
