#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace pulsebench::plan {

/// What a measurement says of a candidate. `skipped`: it cannot be told.
enum class Finding { open, fast, slow, skipped };

/// Searches a row of candidates, oldest first, for the first slow one: everything before it is
/// fast, it and everything behind it slow. Whether the last one is slow is not known before it is
/// measured, and it is measured only where every other answer was `fast`. So 15 candidates take at
/// most 4 measurements, a check of the last one included.
class Halving {
 public:
  /// Precondition: there are candidates.
  explicit Halving(std::size_t candidates) : last_(candidates - 1), findings_(candidates) {}

  /// The candidate to measure next; empty at the end.
  [[nodiscard]] std::optional<std::size_t> next() const;

  /// Precondition: `candidate` is `next()`, or the last one.
  void mark(std::size_t candidate, Finding finding);

  /// The first slow one is among `first()` to `last()`. None is left where `first() > last()`: the
  /// last candidate is fast.
  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t last() const { return last_; }
  [[nodiscard]] bool none_is_slow() const { return first_ > last_; }

  /// Returns true if `last()` was measured, and is slow.
  [[nodiscard]] bool confirmed() const { return confirmed_; }

  /// The most measurements that are left where none is skipped.
  [[nodiscard]] int most_steps() const;

 private:
  [[nodiscard]] std::size_t left() const { return last_ + 1 - first_; }

  std::size_t first_ = 0, last_;
  bool confirmed_ = false;
  std::vector<Finding> findings_;
  static constexpr std::size_t kFarthest = 20;  ///< doublings
};

}  // namespace pulsebench::plan
