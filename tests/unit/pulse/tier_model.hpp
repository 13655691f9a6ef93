#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "pulse/tier_config.hpp"

/// The tier rules of docs/pulse.md in the simplest form: one task, integer nanoseconds, no atomics,
/// no packed times, no fast path. The reference for the library.
class TierModel {
 public:
  explicit TierModel(pulse::TierConfig config) : config_(config) {}

  [[nodiscard]] pulse::Tier tier() const { return tier_; }
  [[nodiscard]] std::uint64_t violations_ever() const { return violations_ever_; }

  void poll(std::chrono::nanoseconds now, std::chrono::nanoseconds cpu, bool exhausted) {
    if (cpu > config_.cpu_budget || exhausted) {
      violate(now);
    } else {
      good_ = cpu < policy().good_poll ? good_ + 1 : 0;
    }
    if (++polls_ < interval_) return;
    polls_ = 0;
    evaluate(now);
    interval_ = policy().polls_between_evaluations;
  }

 private:
  using nanoseconds = std::chrono::nanoseconds;

  [[nodiscard]] const pulse::TierPolicy& policy() const {
    return config_.tiers[pulse::index_of(tier_)];
  }

  void violate(nanoseconds now) {
    if (!entered_) entered_ = now;
    ++violations_;
    ++violations_ever_;
    good_ = 0;
    if (!window_ || now - *window_ >= std::chrono::seconds{1}) {
      window_ = now;
      in_window_ = 0;
    }
    if (++in_window_ > config_.violations_per_second) frequent_ = now;
    last_ = now;
  }

  void evaluate(nanoseconds now) {
    const bool up = tier_ != pulse::Tier::isolate &&
                    violations_ >= config_.violations_to_promote[pulse::index_of(tier_)];
    const bool down = good_ >= policy().good_polls_to_demote &&
                      (tier_ != pulse::Tier::monitor || violations_ > 0);
    if (!up && !down) return;
    if (!entered_) entered_ = now;
    if (up) {
      if (now - *entered_ >= config_.hysteresis_up) enter(1, now);
      return;
    }
    if (now - *entered_ < policy().least_time) return;
    if (last_ && now - *last_ < config_.hysteresis_down) return;
    if (frequent_ && now - *frequent_ < config_.cooldown) return;
    if (tier_ == pulse::Tier::monitor) {
      violations_ = 0;
      good_ = 0;
    } else {
      enter(-1, now);
    }
  }

  void enter(int step, nanoseconds now) {
    tier_ = static_cast<pulse::Tier>(static_cast<int>(tier_) + step);
    entered_ = now;
    violations_ = 0;
    good_ = 0;
  }

  pulse::TierConfig config_;
  pulse::Tier tier_ = pulse::Tier::monitor;
  std::uint32_t violations_ = 0;
  std::uint32_t good_ = 0;
  std::uint32_t polls_ = 0;
  std::uint32_t interval_ = policy().polls_between_evaluations;
  std::uint32_t in_window_ = 0;
  std::uint64_t violations_ever_ = 0;
  std::optional<nanoseconds> entered_;
  std::optional<nanoseconds> last_;
  std::optional<nanoseconds> window_;
  std::optional<nanoseconds> frequent_;
};
