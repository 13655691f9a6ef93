#include "pulsebench/profile/attached_sampler.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/profile/sampled_processes.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

using counters::PerfSampler;
using counters::SamplerSettings;

/// Below the loop of a program of Google Benchmark stand the frames of its library.
constexpr std::uint32_t kAttachedStackBytes = 16'384;
constexpr std::chrono::milliseconds kPause{5};
constexpr std::size_t kLeastPagesOfACpu = 128;

/// Numbers of the threads of some processes. One that has ended has none.
std::vector<int> threads_of(std::span<const int> processes) {
  std::vector<int> threads;
  for (const int process : processes) {
    std::error_code error;
    std::filesystem::directory_iterator folder{fmt::format("/proc/{}/task", process), error};
    for (; !error && folder != std::filesystem::directory_iterator{}; folder.increment(error)) {
      const std::string name = folder->path().filename().string();
      int thread = 0;
      std::from_chars(name.data(), name.data() + name.size(), thread);
      if (thread > 0) threads.push_back(thread);
    }
  }
  return threads;
}

/// One sampler of all threads. A thread may end meanwhile.
Result<PerfSampler> sampler_of(const std::vector<int>& threads, SamplerSettings settings) {
  Failure refused = fail(ErrorCode::io, "none of the processes runs any more");
  for (auto thread = threads.begin(); thread != threads.end(); ++thread) {
    settings.process = *thread;
    auto sampler = PerfSampler::open(settings);
    if (sampler) {
      while (++thread != threads.end()) static_cast<void>(sampler->also(*thread));
      return sampler;
    }
    refused = Failure{std::move(sampler).error()};
  }
  return refused;
}

/// One sampler a CPU. Without CPUs it is one, and of threads that exist alone.
Result<std::vector<PerfSampler>> samplers_on(std::span<const int> cpus,
                                             const std::vector<int>& threads,
                                             SamplerSettings settings) {
  settings.images = true;
  settings.stack_bytes = kAttachedStackBytes;
  settings.new_threads = !cpus.empty();
  std::vector<PerfSampler> samplers;
  if (cpus.empty()) {
    PB_TRY(auto sampler, sampler_of(threads, settings));
    samplers.push_back(std::move(sampler));
  } else {
    const std::size_t pages = std::bit_floor(counters::kSamplePages / cpus.size());
    settings.most_pages = std::max(kLeastPagesOfACpu, pages);
  }
  for (const int cpu : cpus) {
    settings.cpu = cpu;
    PB_TRY(auto sampler, sampler_of(threads, settings));
    samplers.push_back(std::move(sampler));
  }
  return samplers;
}

}  // namespace

class AttachedSampler::Collector {
 public:
  Collector(std::vector<PerfSampler> samplers, SampledProcesses processes)
      : samplers_(std::move(samplers)), processes_(std::move(processes)) {
    thread_ = std::thread{[this] {
      // Relaxed: the join orders everything else.
      while (!ended_.load(std::memory_order_relaxed)) {
        drain();
        std::this_thread::sleep_for(kPause);
      }
    }};
  }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;
  ~Collector() { end(); }

  std::vector<Recording> finish() {
    end();
    drain();
    return processes_.take_recordings();
  }

  [[nodiscard]] counters::SamplerCounts counts() const {
    counters::SamplerCounts sum;
    for (const PerfSampler& sampler : samplers_) {
      sum.samples += sampler.counts().samples;
      sum.lost += sampler.counts().lost;
      sum.throttled += sampler.counts().throttled;
    }
    sum.samples -= processes_.dropped();
    sum.lost += processes_.dropped();
    return sum;
  }

  [[nodiscard]] bool sees_kernel() const {
    return std::ranges::all_of(samplers_, &PerfSampler::sees_kernel);
  }

 private:
  void end() {
    if (!thread_.joinable()) return;
    for (PerfSampler& sampler : samplers_) sampler.stop();
    ended_.store(true, std::memory_order_relaxed);
    thread_.join();
  }

  void drain() {
    for (PerfSampler& sampler : samplers_) {
      sampler.drain([this](const counters::StackSample& sample) { processes_.add(sample); },
                    [this](counters::ImageEvent event) { processes_.add(std::move(event)); });
    }
  }

  std::vector<PerfSampler> samplers_;
  SampledProcesses processes_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

AttachedSampler::AttachedSampler(std::unique_ptr<Collector> collector)
    : collector_(std::move(collector)) {}
AttachedSampler::AttachedSampler(AttachedSampler&&) noexcept = default;
AttachedSampler& AttachedSampler::operator=(AttachedSampler&&) noexcept = default;
AttachedSampler::~AttachedSampler() = default;

Result<AttachedSampler> AttachedSampler::attach(std::span<const int> processes,
                                                std::span<const int> cpus,
                                                std::uint64_t period_ns) {
  PB_TRY(auto samplers, samplers_on(cpus, threads_of(processes), {}));
  SampledProcesses sampled;
  for (const int process : processes) {
    if (const auto maps = os::read_file(fmt::format("/proc/{}/maps", process))) {
      sampled.set_modules(process, ModuleMap::parse(*maps));
    }
  }
  for (PerfSampler& sampler : samplers) sampler.start(period_ns);
  return AttachedSampler{std::make_unique<Collector>(std::move(samplers), std::move(sampled))};
}

Result<AttachedSampler> AttachedSampler::await(std::span<const int> cpus, std::uint64_t period_ns) {
  constexpr int kThisThread = 0;
  PB_TRY(auto samplers,
         samplers_on(cpus, {kThisThread}, {.at_exec = true, .period_ns = period_ns}));
  return AttachedSampler{std::make_unique<Collector>(std::move(samplers), SampledProcesses{})};
}

std::vector<Recording> AttachedSampler::finish() { return collector_->finish(); }

counters::SamplerCounts AttachedSampler::counts() const { return collector_->counts(); }

bool AttachedSampler::sees_kernel() const { return collector_->sees_kernel(); }

}  // namespace pulsebench::profile
