#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <memory>
#include <pulsebench/harness/opaque.hpp>

/// What the threads of one benchmark share: made before they start, for so many of them, and
/// dropped after they have left.
///
///     BENCHMARK(push)->Apply(shared_by_threads<Queue>);
template <class T>
class Shared {
 public:
  /// The one of the benchmark that runs; the optimizer knows nothing about it.
  static T* get() { return pulsebench::opaque(now().get()); }

  static void make(const benchmark::State& state) {
    now() = std::make_unique<T>(static_cast<std::size_t>(state.threads()));
  }
  static void drop(const benchmark::State& /*state*/) { now().reset(); }

 private:
  static std::unique_ptr<T>& now() {
    static std::unique_ptr<T> shared;
    return shared;
  }
};

/// 1, 2, 4, 8 and 16 threads (benchmark architecture, tier 2) with a `T` among them.
template <class T>
void contended(benchmark::internal::Benchmark* benchmark) {
  benchmark->Setup(Shared<T>::make)->Teardown(Shared<T>::drop)->ThreadRange(1, 16);
}
