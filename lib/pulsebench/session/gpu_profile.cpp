#include "pulsebench/session/gpu_profile.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "pulsebench/os/proc_status.hpp"
#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kBetweenSamples = std::chrono::milliseconds{50};
constexpr double kSliceSeconds = 0.01;
constexpr double kForeignSliceSeconds = 0.1;

/// Samples in a thread of its own while this lives.
class GpuSampler {
 public:
  explicit GpuSampler(profile::GpuWatch& watch) : thread_([this, &watch] { sample(watch); }) {}
  ~GpuSampler() {
    {
      const std::lock_guard lock{mutex_};
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  GpuSampler(const GpuSampler&) = delete;
  GpuSampler& operator=(const GpuSampler&) = delete;

 private:
  void sample(profile::GpuWatch& watch) {
    std::unique_lock lock{mutex_};
    do {
      lock.unlock();
      watch.sample();
      lock.lock();
    } while (!changed_.wait_for(lock, kBetweenSamples, [this] { return done_; }));
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;  // the last: it uses the others
};

/// Slices that take about `seconds` together.
Batching batching_for(const run::Source& source, const run::Calibration& calibration,
                      double seconds) {
  if (source.driver != run::Driver::wire) {
    return {.operations = 1,
            .slices = std::max(1, static_cast<int>(seconds / kForeignSliceSeconds)),
            .min_time = kForeignSliceSeconds};
  }
  const double operation = calibration.ns_per_op() / 1e9;
  const double slice = std::max(kSliceSeconds, operation);
  return {.operations = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(slice / operation)),
          .slices = std::max(1, static_cast<int>(seconds / slice))};
}

Cost median_of(const Visit& visit) {
  std::vector<double> costs;
  for (const Slice& slice : visit.slices) costs.push_back(slice.ns_per_op);
  const auto middle = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
  std::nth_element(costs.begin(), middle, costs.end());
  return Cost{costs.empty() ? 0.0 : *middle};
}

/// Runs the benchmark once for `seconds`, watched.
Result<profile::GpuProfile> watch_benchmark(const OneBenchmark& benchmark, double seconds,
                                            run::Launcher& launcher, profile::GpuWatch& watch) {
  const std::string& id = benchmark.info.id.text();
  const auto calibration = launcher.calibrate(benchmark.source, id);
  if (!calibration) return did_not_run(id, calibration.error());
  const Batching batching = batching_for(benchmark.source, *calibration, seconds);
  auto launch = launcher.begin(benchmark.source, batching, /*number=*/0);
  if (!launch) return did_not_run(id, launch.error());
  if (auto started = launcher.await_start(*launch); !started) {
    return did_not_run(id, started.error());
  }
  profile::GpuProfile profile{.benchmark = id, .gpu = {}};
  if (const std::string why = watch.begin(); !why.empty()) {
    profile.gpu.absent = why;
    return profile;
  }
  const auto start = SteadyClock::now();
  auto visit = [&] {
    const GpuSampler sampler{watch};
    return launcher.visit(*std::move(launch), id, batching);
  }();
  if (!visit) return did_not_run(id, visit.error());
  profile.gpu = watch.end(os::seconds_since(start));
  profile.cost = median_of(*visit);
  return profile;
}

}  // namespace

Result<profile::GpuProfile> profile_gpu(const Session& session, const GpuRequest& request,
                                        profile::NvmlSys& nvml) {
  PB_TRY(const auto benchmark,
         find_one_benchmark(session, request.benchmark, request.executables, request.options));
  if (std::string why = nvml.why_absent(); !why.empty()) {
    profile::GpuProfile profile{.benchmark = benchmark.info.id.text(), .gpu = {}};
    profile.gpu.absent = "no NVIDIA GPU driver here: " + why;
    return profile;
  }
  PB_TRY(const auto placement, place(session.environment.tuned, request.cpus));
  const TunedMachine machine{session, placement, request.no_tune};
  config::Sampling sampling = session.workspace.config.sampling;
  sampling.launch_limit += std::chrono::milliseconds{static_cast<long>(request.seconds * 3000.0)};
  run::Launcher launcher{plan::Occasion::launch, sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  profile::GpuWatch watch{nvml, [](pid_t pid) { return os::parent_of(pid) == getpid(); }};
  return watch_benchmark(benchmark, request.seconds, launcher, watch);
}

}  // namespace pulsebench::session
