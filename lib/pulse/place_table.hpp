#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "pulse/location.hpp"

namespace pulse {

/// Counts by what is counted and by its place in the source. Finding known ones takes no lock. They
/// stay as long as the table. Any thread may call all functions.
template <class Counts>
class PlaceTable {
 public:
  /// Further ones are counted together, in an entry of their own.
  static constexpr std::size_t kMost = 768;

  struct alignas(64) Entry {
    Entry(const char* entry_kind, Location entry_where) noexcept
        : kind(entry_kind), where(entry_where) {}

    const char* const kind;
    const Location where;
    Counts counts{};
  };

  PlaceTable() = default;
  PlaceTable(const PlaceTable&) = delete;
  PlaceTable& operator=(const PlaceTable&) = delete;

  /// The counts of `kind` at `where`. Both texts live as long as the program, and are compared by
  /// their addresses: the same text at two addresses has two entries.
  [[nodiscard]] Counts& at(const char* kind, Location where) {
    const std::size_t first = hash(kind, where);
    if (Entry* const known = find(first, kind, where)) return known->counts;
    return add(first, kind, where);
  }

  /// Calls `visit(entry)` for each entry, while other threads add some.
  template <class Visit>
  void for_each(Visit visit) {
    const std::lock_guard lock(mutex_);
    for (const auto& entry : entries_) visit(*entry);
    if (has_others_) visit(others_);
  }

 private:
  static constexpr std::size_t kPlaces = 1024;  // more than kMost: a search ends at an empty one

  static std::size_t hash(const char* kind, Location where) noexcept {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
    std::uint64_t mixed = reinterpret_cast<std::uintptr_t>(where.file) + where.line;
    mixed = (mixed * kFactor) ^ reinterpret_cast<std::uintptr_t>(kind);
    return static_cast<std::size_t>((mixed * kFactor) >> 54U);  // 10 bits
  }

  Entry* find(std::size_t first, const char* kind, Location where) const noexcept {
    for (std::size_t i = first;; i = (i + 1) % kPlaces) {
      // Acquire: pairs with the release in `add`, so that the entry is seen constructed.
      Entry* const entry = places_[i].load(std::memory_order_acquire);
      if (entry == nullptr) return nullptr;
      if (entry->kind == kind && entry->where.file == where.file &&
          entry->where.line == where.line) {
        return entry;
      }
    }
  }

  Counts& add(std::size_t first, const char* kind, Location where) {
    const std::lock_guard lock(mutex_);
    if (Entry* const known = find(first, kind, where)) return known->counts;
    if (entries_.size() == kMost) {
      has_others_ = true;
      return others_.counts;
    }
    entries_.push_back(std::make_unique<Entry>(kind, where));
    std::size_t i = first;
    // Relaxed: only `add` writes, under the lock.
    while (places_[i].load(std::memory_order_relaxed) != nullptr) i = (i + 1) % kPlaces;
    places_[i].store(entries_.back().get(), std::memory_order_release);
    return entries_.back()->counts;
  }

  std::array<std::atomic<Entry*>, kPlaces> places_{};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Entry>> entries_;  ///< guarded by mutex_; the entries are not
  bool has_others_ = false;                      ///< guarded by mutex_
  Entry others_{"others", {"more than 768 places", 0}};
};

}  // namespace pulse
