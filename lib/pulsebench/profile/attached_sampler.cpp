#include "pulsebench/profile/attached_sampler.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/sample_recording.hpp"

namespace pulsebench::profile {
namespace {

/// Below the loop of a program of Google Benchmark stand the frames of its library.
constexpr std::uint32_t kAttachedStackBytes = 16'384;
constexpr std::chrono::milliseconds kPause{5};

void append_sample(const counters::StackSample& sample, std::string& into) {
  wire::SampleHead head{.thread = sample.thread, .registers = sample.registers};
  head.stack_bytes = sample.stack.size() & ~std::size_t{7};
  into.append(reinterpret_cast<const char*>(&head), sizeof head);
  into.append(sample.stack.data(), head.stack_bytes);
}

}  // namespace

class AttachedSampler::Collector {
 public:
  Collector(std::vector<counters::PerfSampler> samplers, ModuleMap modules, std::uint64_t period_ns)
      : samplers_(std::move(samplers)), modules_(std::move(modules)) {
    for (counters::PerfSampler& sampler : samplers_) sampler.start(period_ns);
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

  Recording finish() {
    end();
    drain();
    return Recording::of(std::move(samples_), std::move(modules_));
  }

  [[nodiscard]] counters::SamplerCounts counts() const {
    counters::SamplerCounts sum;
    for (const counters::PerfSampler& sampler : samplers_) {
      sum.samples += sampler.counts().samples;
      sum.lost += sampler.counts().lost;
      sum.throttled += sampler.counts().throttled;
    }
    return sum;
  }

 private:
  void end() {
    if (!thread_.joinable()) return;
    for (counters::PerfSampler& sampler : samplers_) sampler.stop();
    ended_.store(true, std::memory_order_relaxed);
    thread_.join();
  }

  void drain() {
    for (counters::PerfSampler& sampler : samplers_) {
      sampler.drain(
          [this](const counters::StackSample& sample) { append_sample(sample, samples_); });
    }
  }

  std::vector<counters::PerfSampler> samplers_;
  ModuleMap modules_;
  std::string samples_;
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

AttachedSampler::AttachedSampler(std::unique_ptr<Collector> collector)
    : collector_(std::move(collector)) {}
AttachedSampler::AttachedSampler(AttachedSampler&&) noexcept = default;
AttachedSampler& AttachedSampler::operator=(AttachedSampler&&) noexcept = default;
AttachedSampler::~AttachedSampler() = default;

Result<AttachedSampler> AttachedSampler::attach(int process, std::span<const int> cpus,
                                                std::uint64_t period_ns) {
  std::vector<counters::PerfSampler> samplers;
  counters::SamplerSettings settings{.process = process, .stack_bytes = kAttachedStackBytes};
  if (cpus.empty()) {
    PB_TRY(auto sampler, counters::PerfSampler::open(settings));
    samplers.push_back(std::move(sampler));
  }
  for (const int cpu : cpus) {
    settings.cpu = cpu;
    settings.new_threads = true;
    PB_TRY(auto sampler, counters::PerfSampler::open(settings));
    samplers.push_back(std::move(sampler));
  }
  PB_TRY(const auto& maps, os::read_file(fmt::format("/proc/{}/maps", process)));
  return AttachedSampler{
      std::make_unique<Collector>(std::move(samplers), ModuleMap::parse(maps), period_ns)};
}

Recording AttachedSampler::finish() { return collector_->finish(); }

counters::SamplerCounts AttachedSampler::counts() const { return collector_->counts(); }

}  // namespace pulsebench::profile
