// Replaces hooks while a worker polls, and releases the old ones. Source: critical paths, the swap
// of the registry's pointer, and "epoch-based reclamation for hook updates".
#include <benchmark/benchmark.h>

#include <memory>
#include <pulse/hook_registry.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

namespace {

class Nothing final : public pulse::PreemptionHooks {
 public:
  void before_poll(const pulse::PollContext& /*poll*/) noexcept override {}
  pulse::Decision after_poll(const pulse::PollContext& /*poll*/,
                             pulse::PollResult /*result*/) noexcept override {
    return pulse::Decision::proceed;
  }
};

void set_hooks(benchmark::State& state) {
  pulse::WorkerGroup group{1};
  pulse::HookRegistry registry{group};
  pulse::Worker worker{group};
  const std::shared_ptr<pulse::PreemptionHooks> one = std::make_shared<Nothing>();
  const std::shared_ptr<pulse::PreemptionHooks> other = std::make_shared<Nothing>();
  pulsebench::measure(state, [&] {
    registry.set_hooks(one);
    worker.quiescent();
    registry.set_hooks(other);
    worker.quiescent();
  });
}
BENCHMARK(set_hooks)->Name("hooks/set_hooks_twice");

}  // namespace
