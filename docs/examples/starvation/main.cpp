// starvation [SECONDS]: one CPU hog among light coroutines on two workers, without pulse and with.
// Prints how late the light ones run: the time from a timer's expiry to the coroutine's resumption.
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <pulse/asio/executor.hpp>
#include <pulse/cpu_timer.hpp>
#include <pulse/histogram.hpp>

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr int kLightTasks = 100;
constexpr nanoseconds kPause = 1ms;      // between two turns of a light task
constexpr nanoseconds kLightWork = 8us;  // of each turn
constexpr nanoseconds kHogWork = 20ms;   // of each poll of the hog
constexpr nanoseconds kWarmUp = 1s;      // until then nothing is recorded, with pulse and without

void use_cpu(nanoseconds time) {
  const nanoseconds start = pulse::CpuTimer::thread_cpu_time();
  while (pulse::CpuTimer::thread_cpu_time() - start < time) continue;
}

struct Scenario {
  steady_clock::time_point record_from;
  steady_clock::time_point end;
  std::mutex mutex;
  pulse::Histogram lateness_ns;  ///< guarded by mutex
  std::atomic<int> hog_polls{0};
};

asio::awaitable<void> light(Scenario& scenario, int number) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  pulse::Histogram own;
  // Spread over the pause, so that they do not all come at once.
  auto due = steady_clock::now() + kPause * number / kLightTasks;
  while (due < scenario.end) {
    timer.expires_at(due);
    co_await timer.async_wait(asio::use_awaitable);
    const auto now = steady_clock::now();
    if (due > scenario.record_from) {
      own.record(static_cast<std::uint64_t>((now - due) / 1ns));
    }
    use_cpu(kLightWork);
    due = steady_clock::now() + kPause;
  }
  const std::lock_guard lock(scenario.mutex);
  scenario.lateness_ns.merge(own);
}

asio::awaitable<void> hog(Scenario& scenario) {
  const auto executor = co_await asio::this_coro::executor;
  while (steady_clock::now() < scenario.end) {
    use_cpu(kHogWork);
    ++scenario.hog_polls;
    co_await asio::post(executor, asio::use_awaitable);
  }
}

class Stderr final : public pulse::LogSink {
 public:
  void write(std::string_view line) noexcept override {
    std::fprintf(stderr, "pulse: %.*s\n", static_cast<int>(line.size()), line.data());
  }
};

/// The 99 % quantile of the light tasks' lateness, in microseconds.
double run(bool with_pulse, nanoseconds time) {
  Stderr sink;
  pulse::asio::RuntimeOptions options;
  options.is_watching = with_pulse;
  // Quicker than the defaults, so that a short run shows it: a hog of 20 ms a poll is up in 0.5 s.
  options.config.violations_to_promote = {2, 2, 2};
  for (auto& policy : options.config.tiers) policy.polls_between_evaluations = 1;
  Scenario scenario;
  const auto start = steady_clock::now();
  scenario.record_from = start + kWarmUp;
  scenario.end = start + kWarmUp + time;
  {
    pulse::asio::Runtime runtime(options, &sink);
    asio::co_spawn(pulse::asio::executor(runtime), hog(scenario), asio::detached);
    for (int i = 0; i < kLightTasks; ++i) {
      asio::co_spawn(pulse::asio::executor(runtime), light(scenario, i), asio::detached);
    }
    runtime.join();
  }
  const auto us = [&](double q) {
    return static_cast<double>(scenario.lateness_ns.quantile(q)) / 1000.0;
  };
  std::printf(
      "pulse %-4s %9llu turns   p50 %8.0f us   p99 %8.0f us   p99.9 %8.0f us   hog %d polls\n",
      with_pulse ? "on" : "off", static_cast<unsigned long long>(scenario.lateness_ns.count()),
      us(0.5), us(0.99), us(0.999), scenario.hog_polls.load());
  return us(0.99);
}

}  // namespace

int main(int argc, char** argv) {
  const long seconds = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 5;
  if (argc > 2 || seconds < 1 || seconds > 3600) {
    std::fprintf(stderr, "usage: starvation [SECONDS], 1 to 3600, 5 by default\n");
    return 2;
  }
  const double off = run(false, std::chrono::seconds{seconds});
  const double on = run(true, std::chrono::seconds{seconds});
  std::printf("p99 of the light tasks: %.1f times lower with pulse\n", off / on);
}
