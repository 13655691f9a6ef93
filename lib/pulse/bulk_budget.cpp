#include "pulse/bulk_budget.hpp"

#include <algorithm>
#include <cassert>

// A sanitizer of threads sees no accesses by vectors.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PULSE_BULK_SCALAR
#endif
#endif
// g++ for Windows does not align the stack for vectors of 32 bytes.
#if !defined(__x86_64__) || defined(_WIN32) || defined(__SANITIZE_THREAD__)
#define PULSE_BULK_SCALAR
#endif

#if !defined(PULSE_BULK_SCALAR)
#include <immintrin.h>
#endif

namespace pulse {
namespace {

const TaskBudget& budget_of(const TaskBudget& budget) noexcept { return budget; }
const TaskBudget& budget_of(const TaskSlot& slot) noexcept { return slot.budget; }
TaskBudget& budget_of(TaskBudget& budget) noexcept { return budget; }
TaskBudget& budget_of(TaskSlot& slot) noexcept { return slot.budget; }

/// Bits of up to 64 budgets.
template <class Holder>
std::uint64_t word_of(std::span<const Holder> holders) noexcept {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < holders.size(); ++i) {
    word |= std::uint64_t{budget_of(holders[i]).is_exhausted()} << i;
  }
  return word;
}

template <class Holder>
void find_one_by_one(std::span<const Holder> holders, std::span<std::uint64_t> exhausted) noexcept {
  assert(exhausted.size() >= words_of_bits(holders.size()));
  for (std::size_t i = 0; i < holders.size(); i += 64) {
    exhausted[i / 64] = word_of(holders.subspan(i, std::min<std::size_t>(64, holders.size() - i)));
  }
}

template <class Holder>
void refill_one_by_one(std::span<Holder> holders, std::uint32_t units) noexcept {
  for (Holder& holder : holders) budget_of(holder).reset(units);
}

}  // namespace

#if !defined(PULSE_BULK_SCALAR)

/// What the vectors below rely on: units left, mask, units granted, nothing. A processor of x86-64
/// reads and writes each of the four whole.
struct BudgetLayout {
  static_assert(offsetof(TaskBudget, remaining_) == 0 && offsetof(TaskBudget, mask_) == 4);
  static_assert(offsetof(TaskBudget, granted_) == 8 && sizeof(TaskBudget) == 16);
  static_assert(offsetof(TaskSlot, budget) == 0);
  static constexpr std::uint32_t kOpen = TaskBudget::kOpen;
};

namespace {

const bool kHasAvx2 = __builtin_cpu_supports("avx2") != 0;

[[gnu::target("avx2")]] void refill_by_vectors(std::span<TaskBudget> budgets,
                                               std::uint32_t units) noexcept {
  const auto granted = static_cast<int>(units);
  const __m256i two_full = _mm256_broadcastsi128_si256(
      _mm_setr_epi32(granted, static_cast<int>(BudgetLayout::kOpen), granted, 0));
  std::size_t i = 0;
  for (; i + 1 < budgets.size(); i += 2) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&budgets[i]), two_full);  // NOLINT: see above
  }
  refill_one_by_one(budgets.subspan(i), units);
}

/// Two budgets, the second one in the upper half.
template <class Holder>
[[gnu::target("avx2")]] __m256i two(const Holder& low, const Holder& high) noexcept {
  const auto* const first = reinterpret_cast<const __m128i*>(&budget_of(low));    // NOLINT
  const auto* const second = reinterpret_cast<const __m128i*>(&budget_of(high));  // NOLINT
  return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_load_si128(first)),
                                 _mm_load_si128(second), 1);
}

/// Bits of eight budgets.
template <class Holder>
[[gnu::target("avx2")]] std::uint64_t bits_of_eight(const Holder* holders) noexcept {
  // Each half has left and mask of two budgets: of 0 and 1 and of 4 and 5, of 2 and 3 and of 6
  // and 7.
  const __m256i first =
      _mm256_unpacklo_epi64(two(holders[0], holders[4]), two(holders[1], holders[5]));
  const __m256i second =
      _mm256_unpacklo_epi64(two(holders[2], holders[6]), two(holders[3], holders[7]));
  const __m256 a = _mm256_castsi256_ps(first), b = _mm256_castsi256_ps(second);
  const __m256i left = _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0x88));
  const __m256i mask = _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0xdd));
  const __m256i is_zero = _mm256_cmpeq_epi32(_mm256_and_si256(left, mask), _mm256_setzero_si256());
  return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(is_zero)));
}

template <class Holder>
[[gnu::target("avx2")]] void find_by_vectors(std::span<const Holder> holders,
                                             std::span<std::uint64_t> exhausted) noexcept {
  const std::size_t whole = holders.size() / 64;
  for (std::size_t word = 0; word < whole; ++word) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 64; i += 8) bits |= bits_of_eight(&holders[word * 64 + i]) << i;
    exhausted[word] = bits;
  }
  find_one_by_one(holders.subspan(whole * 64), exhausted.subspan(whole));
}

template <class Holder>
void find(std::span<const Holder> holders, std::span<std::uint64_t> exhausted) noexcept {
  assert(exhausted.size() >= words_of_bits(holders.size()));
  kHasAvx2 ? find_by_vectors(holders, exhausted) : find_one_by_one(holders, exhausted);
}

void refill_all(std::span<TaskBudget> budgets, std::uint32_t units) noexcept {
  kHasAvx2 ? refill_by_vectors(budgets, units) : refill_one_by_one(budgets, units);
}

}  // namespace

#else

namespace {

void refill_all(std::span<TaskBudget> budgets, std::uint32_t units) noexcept {
  refill_one_by_one(budgets, units);
}

template <class Holder>
void find(std::span<const Holder> holders, std::span<std::uint64_t> exhausted) noexcept {
  find_one_by_one(holders, exhausted);
}

}  // namespace

#endif

void find_exhausted(std::span<const TaskBudget> budgets,
                    std::span<std::uint64_t> exhausted) noexcept {
  find(budgets, exhausted);
}
void find_exhausted(std::span<const TaskSlot> slots, std::span<std::uint64_t> exhausted) noexcept {
  find(slots, exhausted);
}
void refill(std::span<TaskBudget> budgets, std::uint32_t units) noexcept {
  refill_all(budgets, units);
}
// Each in a cache line of its own, whose coming takes longer than its stores.
void refill(std::span<TaskSlot> slots, std::uint32_t units) noexcept {
  refill_one_by_one(slots, units);
}

void scalar::find_exhausted(std::span<const TaskBudget> budgets,
                            std::span<std::uint64_t> exhausted) noexcept {
  find_one_by_one(budgets, exhausted);
}
void scalar::find_exhausted(std::span<const TaskSlot> slots,
                            std::span<std::uint64_t> exhausted) noexcept {
  find_one_by_one(slots, exhausted);
}
void scalar::refill(std::span<TaskBudget> budgets, std::uint32_t units) noexcept {
  refill_one_by_one(budgets, units);
}

}  // namespace pulse
