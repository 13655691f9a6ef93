#include "pulsebench/harness/stack_sampler.hpp"

#include <utility>

namespace pulsebench::harness {
namespace {

class ByPerf final : public StackSampler {
 public:
  explicit ByPerf(counters::PerfSampler sampler) : sampler_(std::move(sampler)) {}

  [[nodiscard]] const char* name() const override { return "perf"; }
  void start(std::uint64_t period_ns) override { sampler_.start(period_ns); }
  void stop() override { sampler_.stop(); }
  void drain(const counters::OnSample& on_sample) override { sampler_.drain(on_sample); }
  [[nodiscard]] bool is_half_full() const override { return sampler_.is_half_full(); }
  [[nodiscard]] counters::SamplerCounts counts() const override { return sampler_.counts(); }

 private:
  counters::PerfSampler sampler_;
};

}  // namespace

std::unique_ptr<StackSampler> make_perf_sampler(std::uint32_t stack_bytes, std::string& refused) {
  auto sampler = counters::PerfSampler::open({.stack_bytes = stack_bytes});
  if (sampler) return std::make_unique<ByPerf>(*std::move(sampler));
  refused = sampler.error().message;
  return nullptr;
}

}  // namespace pulsebench::harness
