#pragma once

// What each library of this suite does, so that one table compares them. Names of benchmarks are
// peers/<group>/<library>.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <thread>

namespace peers {

inline constexpr std::size_t kCapacity = 1024;  // items of a queue
inline constexpr std::uint64_t kIds = 1000;     // of a look-up

/// One thread puts an item in, and takes one out. A `Queue` has `push` and `pop`, which return
/// false where nothing could be done.
template <class Queue>
void queue(benchmark::State& state) {
  const auto own = std::make_unique<Queue>();
  std::uint64_t item = 0;
  pulsebench::measure(state, [at = pulsebench::opaque(own.get()), &item] {
    benchmark::DoNotOptimize(at->push(item));
    benchmark::DoNotOptimize(at->pop(item));
  });
}

/// Two threads; the second takes what the first puts in. A try on a full or an empty queue is an
/// operation too, so that the figure is for each side's share of an item and more.
template <class Queue>
void hand_over(benchmark::State& state) {
  static std::unique_ptr<Queue> shared;
  if (state.thread_index() == 0) shared = std::make_unique<Queue>();
  pulsebench::measure(state, [&state, item = std::uint64_t{0}]() mutable {
    Queue* const at = shared.get();
    const bool done = state.thread_index() == 0 ? at->push(++item) : at->pop(item);
    if (!done) std::this_thread::yield();
  });
}

/// Each thread counts an event. A `Counter` has `add`.
template <class Counter>
void counter(benchmark::State& state) {
  static Counter shared;
  pulsebench::measure(state, [at = pulsebench::opaque(&shared)] { at->add(); });
}

/// One thread asks for the value of one of `kIds` ids. A `Map` has `insert` and `find`.
template <class Map>
void look_up(benchmark::State& state) {
  const auto own = std::make_unique<Map>();
  for (std::uint64_t id = 0; id < kIds; ++id) own->insert(id * 0x9e3779b97f4a7c15U, id);
  std::uint64_t id = 0;
  pulsebench::measure(state, [at = pulsebench::opaque(own.get()), &id] {
    benchmark::DoNotOptimize(at->find(id * 0x9e3779b97f4a7c15U));
    id = id + 1 == kIds ? 0 : id + 1;
  });
}

/// One thread reads what another one may replace at any time. A `Shared` has `read`.
template <class Shared>
void read_side(benchmark::State& state) {
  const auto own = std::make_unique<Shared>();
  pulsebench::measure(
      state, [at = pulsebench::opaque(own.get())] { benchmark::DoNotOptimize(at->read()); });
}

}  // namespace peers
