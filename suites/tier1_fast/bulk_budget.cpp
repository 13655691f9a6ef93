// Budgets in bulk, by vectors and one by one: docs/pulse.md.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <pulse/bulk_budget.hpp>
#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>
#include <span>
#include <vector>

namespace {

/// The slots of a table's chunk: 256 KiB, beyond a first-level cache.
struct Slots {
  static constexpr std::size_t kCount = 4096;
  std::unique_ptr<pulse::TaskSlot[]> slots = std::make_unique<pulse::TaskSlot[]>(kCount);
  std::span<pulse::TaskSlot> all{pulsebench::opaque(slots.get()), kCount};
};

/// Budgets side by side: 16 KiB.
struct Budgets {
  static constexpr std::size_t kCount = 1024;
  alignas(64) std::byte bytes[kCount * sizeof(pulse::TaskBudget)];
  std::span<pulse::TaskBudget> all;

  Budgets() {
    for (std::size_t i = 0; i < kCount; ++i)
      new (bytes + i * sizeof(pulse::TaskBudget)) pulse::TaskBudget(i % 3 == 0 ? 0 : 100);
    all = {pulsebench::opaque(reinterpret_cast<pulse::TaskBudget*>(bytes)), kCount};
  }
};

template <class Holders, bool kByVectors>
void find(benchmark::State& state) {
  const auto holders = std::make_unique<Holders>();
  std::vector<std::uint64_t> found(pulse::words_of_bits(Holders::kCount));
  const std::span<const typename decltype(holders->all)::value_type> all = holders->all;
  pulsebench::measure(state, [&] {
    kByVectors ? pulse::find_exhausted(all, found) : pulse::scalar::find_exhausted(all, found);
    benchmark::DoNotOptimize(found.data());
    benchmark::ClobberMemory();
  });
}
BENCHMARK(find<Budgets, true>)->Name("bulk_budget/find_exhausted/1024_budgets");
BENCHMARK(find<Budgets, false>)->Name("bulk_budget/find_exhausted/1024_budgets_scalar");
BENCHMARK(find<Slots, true>)->Name("bulk_budget/find_exhausted/4096_slots");
BENCHMARK(find<Slots, false>)->Name("bulk_budget/find_exhausted/4096_slots_scalar");

template <bool kByVectors>
void refill(benchmark::State& state) {
  const auto budgets = std::make_unique<Budgets>();
  const std::uint32_t units = pulsebench::opaque(std::uint32_t{100});
  pulsebench::measure(state, [&] {
    kByVectors ? pulse::refill(budgets->all, units) : pulse::scalar::refill(budgets->all, units);
    benchmark::ClobberMemory();
  });
}
BENCHMARK(refill<true>)->Name("bulk_budget/refill/1024_budgets");
BENCHMARK(refill<false>)->Name("bulk_budget/refill/1024_budgets_scalar");

}  // namespace
