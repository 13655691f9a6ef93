// starvation [SECONDS [ROUNDS]]: one CPU hog among light coroutines on two workers, alternately
// without and with pulse. Prints the lateness of the light coroutines: the time from when a turn is
// due to its start. Together they need 1.2 CPUs, more than the one worker that the hog leaves.
//
// starvation --console [SECONDS]: the same with pulse, once, for pulse-console to look at.
#include <algorithm>
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <pulse/asio/executor.hpp>
#include <pulse/asio/steady_timer.hpp>
#include <pulse/asio/timed.hpp>
#include <pulse/console/console.hpp>
#include <pulse/cpu_timer.hpp>
#include <pulse/histogram.hpp>
#include <utility>
#include <vector>

#include "undisturbed.hpp"
#include "worker_cpus.hpp"

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

constexpr int kLightTasks = 2000;
constexpr nanoseconds kPeriod = 100ms;    // interval of the turns of a light task
constexpr nanoseconds kLightWork = 58us;  // CPU time of each turn; its timer takes about 4 us
constexpr nanoseconds kHogWork = 200ms;   // CPU time of each poll of the hog
constexpr nanoseconds kWarmUp = 3s;       // before the recording

/// Uses so much CPU time, or less if `end` is reached.
void use_cpu(nanoseconds time, steady_clock::time_point end) {
  const nanoseconds start = pulse::CpuTimer::thread_cpu_time();
  while (pulse::CpuTimer::thread_cpu_time() - start < time && steady_clock::now() < end) continue;
}

struct Scenario {
  steady_clock::time_point record_from;
  steady_clock::time_point end;
  std::mutex mutex;
  pulse::Histogram lateness_ns;  ///< guarded by mutex
  std::atomic<int> hog_polls{0};
};

asio::awaitable<void> light(Scenario& scenario, int number) {
  pulse::asio::steady_timer timer(co_await asio::this_coro::executor);
  pulse::Histogram own;
  // Spread over the period, so that the turns are not due at once.
  auto due = steady_clock::now() + kPeriod * number / kLightTasks;
  while (due < scenario.end) {
    timer.expires_at(due);
    co_await timer.async_wait(asio::use_awaitable);
    const auto now = steady_clock::now();
    if (due > scenario.record_from) {
      own.record(static_cast<std::uint64_t>((now - due) / 1ns));
    }
    use_cpu(kLightWork, scenario.end);
    // The next turn is due by the clock; missed turns are omitted.
    do due += kPeriod;
    while (due < steady_clock::now());
  }
  const std::lock_guard lock(scenario.mutex);
  scenario.lateness_ns.merge(own);
}

asio::awaitable<void> hog(Scenario& scenario) {
  const auto executor = co_await asio::this_coro::executor;
  while (steady_clock::now() < scenario.end) {
    use_cpu(kHogWork, scenario.end);
    ++scenario.hog_polls;
    co_await asio::post(executor, pulse::asio::timed(asio::use_awaitable, "post"));
  }
}

/// The same, from half a second after a console has a client for the first time.
asio::awaitable<void> hog_when_watched(Scenario& scenario, pulse::asio::Runtime& runtime) {
  pulse::asio::steady_timer timer(co_await asio::this_coro::executor);
  for (bool is_watched = false; !is_watched && steady_clock::now() < scenario.end;) {
    is_watched = runtime.tiers().watch().since() != 0;
    timer.expires_after(is_watched ? 500ms : 50ms);
    co_await timer.async_wait(asio::use_awaitable);
  }
  co_await hog(scenario);
}

class Stderr final : public pulse::LogSink {
 public:
  void write(std::string_view line) noexcept override {
    std::fprintf(stderr, "pulse: %.*s\n", static_cast<int>(line.size()), line.data());
  }
};

/// Lateness of the light tasks in microseconds.
struct Lateness {
  double p50, p99, p999;
};

/// A runtime that isolates the hog within 1.5 s, faster than by default, for a short run.
pulse::asio::RuntimeOptions impatient() {
  pulse::asio::RuntimeOptions options;
  options.config.violations_to_promote = {2, 2, 2};
  for (auto& policy : options.config.tiers) policy.polls_between_evaluations = 1;
  return options;
}

/// Runs the hog, `first`, among the light tasks until the end of the scenario.
void run_tasks(pulse::asio::Runtime& runtime, std::size_t workers, Scenario& scenario,
               asio::awaitable<void> first) {
  pin_workers(runtime, workers);
  asio::co_spawn(pulse::asio::executor(runtime), std::move(first), asio::detached);
  for (int i = 0; i < kLightTasks; ++i) {
    asio::co_spawn(pulse::asio::executor(runtime), light(scenario, i), asio::detached);
  }
  runtime.join();
}

Lateness run(bool with_pulse, nanoseconds time) {
  Stderr sink;
  pulse::asio::RuntimeOptions options = impatient();
  options.is_watching = with_pulse;
  Scenario scenario;
  const auto start = steady_clock::now();
  scenario.record_from = start + kWarmUp;
  scenario.end = start + kWarmUp + time;
  {
    pulse::asio::Runtime runtime(options, &sink);
    run_tasks(runtime, options.workers, scenario, hog(scenario));
  }
  const auto us = [&](double q) {
    return static_cast<double>(scenario.lateness_ns.quantile(q)) / 1000.0;
  };
  const Lateness late{us(0.5), us(0.99), us(0.999)};
  std::printf(
      "pulse %-4s %9llu turns   p50 %8.0f us   p99 %8.0f us   p99.9 %8.0f us   hog %d polls\n",
      with_pulse ? "on" : "off", static_cast<unsigned long long>(scenario.lateness_ns.count()),
      late.p50, late.p99, late.p999, scenario.hog_polls.load());
  std::fflush(stdout);
  return late;
}

/// At normal priority, since pulse-console needs its share of the CPUs.
int show(nanoseconds time) {
  Stderr sink;
  pulse::asio::RuntimeOptions options = impatient();
  // Within a second of the first two violations.
  options.config.violations_to_promote = {2, 1, 1};
  options.statistics = pulse::Statistics::kept;
  pulse::asio::Runtime runtime(options, &sink);
  const pulse::Console console(runtime.tiers());
  if (console.problem()) {
    std::fprintf(stderr, "starvation: %s\n", console.problem()->c_str());
    return 1;
  }
  std::printf("look at it with: pulse-console %s\n", console.socket().c_str());
  std::fflush(stdout);
  Scenario scenario;
  scenario.end = scenario.record_from = steady_clock::now() + time;
  run_tasks(runtime, options.workers, scenario, hog_when_watched(scenario, runtime));
  return 0;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

int measure(bool is_first, nanoseconds time, long rounds) {
  if (!is_first) {
    std::printf("normal priority: other programs affect both results, off and on\n");
  }
  std::vector<double> off, on, ratios;
  for (long round = 0; round < rounds; ++round) {
    off.push_back(run(false, time).p99);
    on.push_back(run(true, time).p99);
    ratios.push_back(off.back() / on.back());
  }
  const auto [lowest, highest] = std::minmax_element(ratios.begin(), ratios.end());
  std::printf(
      "p99 of the light tasks: %.1f times lower with pulse (median of %ld rounds, "
      "%.1f to %.1f); %.0f us without, %.0f us with\n",
      median(ratios), rounds, *lowest, *highest, median(off), median(on));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--console") == 0) {
    const long seconds = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 60;
    if (argc <= 3 && seconds > 0 && seconds <= 86400) return show(std::chrono::seconds{seconds});
    std::fprintf(stderr, "usage: starvation --console [SECONDS], 60 by default\n");
    return 2;
  }
  const long seconds = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 2;
  const long rounds = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 5;
  if (argc > 3 || seconds < 1 || seconds > 3600 || rounds < 1 || rounds > 1000) {
    std::fprintf(stderr, "usage: starvation [SECONDS [ROUNDS]], 2 and 5 by default\n");
    return 2;
  }
  return undisturbed(
      [&](bool is_first) { return measure(is_first, std::chrono::seconds{seconds}, rounds); });
}
