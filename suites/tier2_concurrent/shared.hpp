#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <memory>
#include <pulsebench/harness/opaque.hpp>

/// Object that the threads of one benchmark share: created before they start, and destroyed after
/// they have finished.
///
///     BENCHMARK(push)->Apply(shared_by_threads<Queue>);
template <class T>
class Shared {
 public:
  /// Object of the running benchmark, unknown to the optimizer.
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

/// 1, 2, 4, 8 and 16 threads (docs/suites.md) that share a `T`.
template <class T>
void contended(benchmark::internal::Benchmark* benchmark) {
  benchmark->Setup(Shared<T>::make)->Teardown(Shared<T>::drop)->ThreadRange(1, 16);
}
