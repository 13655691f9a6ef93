#pragma once

#include <asio/steady_timer.hpp>
#include <utility>

#include "pulse/asio/timed.hpp"

namespace pulse::asio {

/// An `::asio::steady_timer` that a Console shows: as a resource by the place where it was
/// constructed, and its waits as operations by the place where they began. Elsewhere, and in a
/// runtime without statistics, it is a timer as any other.
class steady_timer : public ::asio::steady_timer {
 public:
  explicit steady_timer(const executor_type& on, Location where = Location::here())
      : ::asio::steady_timer(on), shown_(resources_of(on), kTimer, where) {}
  steady_timer(const executor_type& on, const time_point& expiry, Location where = Location::here())
      : ::asio::steady_timer(on, expiry), shown_(resources_of(on), kTimer, where) {}
  steady_timer(const executor_type& on, const duration& expiry, Location where = Location::here())
      : ::asio::steady_timer(on, expiry), shown_(resources_of(on), kTimer, where) {}

  template <class Token>
  auto async_wait(Token&& token, Location where = Location::here()) {
    auto shown = timed(std::forward<Token>(token), kTimer, where);
    shown.waiter = Waiter(shown_);
    return ::asio::steady_timer::async_wait(std::move(shown));
  }

 private:
  static constexpr const char* kTimer = "timer";

  static ResourceTable* resources_of(const executor_type& on) noexcept {
    Runtime* const runtime = runtime_of(on);
    return runtime == nullptr ? nullptr : runtime->tiers().resources();
  }

  Resource shown_;
};

}  // namespace pulse::asio
