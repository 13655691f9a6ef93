#pragma once

#include <asio/any_io_executor.hpp>
#include <asio/associated_executor.hpp>
#include <asio/associator.hpp>
#include <asio/async_result.hpp>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "pulse/asio/executor.hpp"
#include "pulse/operation.hpp"
#include "pulse/resource.hpp"

namespace pulse::asio {

/// A completion token that times its operation, see `timed`.
template <class Token>
struct Timed {
  Token token;
  const char* kind;
  Location where;
  Waiter waiter;  ///< at a resource, until the operation ends
};

/// Shows an operation to a Console, by its kind and the place of this call: how often it ended, how
/// long that took, and how many are pending. As in
/// `co_await socket.async_read_some(buffer, pulse::asio::timed(::asio::use_awaitable, "read"))`.
///
/// The time ends when the handler begins, so it has the wait for a worker in it. The runtime is
/// that of the executor on which the handler runs: a `pulse::asio::executor`, or an
/// `any_io_executor` of one. Elsewhere the operation is not shown. `kind` lives as long as the
/// program.
template <class Token>
[[nodiscard]] Timed<std::decay_t<Token>> timed(Token&& token, const char* kind,
                                               Location where = Location::here()) {
  return {std::forward<Token>(token), kind, where, Waiter()};
}

/// The runtime behind an executor; null if there is none.
template <class Executor>
[[nodiscard]] Runtime* runtime_of(const Executor& any) noexcept {
  if constexpr (std::is_same_v<Executor, executor>) {
    return &any.runtime();
  } else if constexpr (std::is_same_v<Executor, ::asio::any_io_executor>) {
    // Asio 1.22 does not compare the types in `target`.
    if (any.target_type() != typeid(executor)) return nullptr;
    return &any.template target<executor>()->runtime();
  } else {
    return nullptr;
  }
}

/// The handler of a timed operation, which is pending from its construction on.
template <class Inner>
class TimedHandler {
 public:
  TimedHandler(Inner&& inner, Waiter waiter, Operation operation)
      : inner_(std::move(inner)), waiter_(std::move(waiter)), operation_(std::move(operation)) {}

  template <class... Args>
  void operator()(Args&&... args) {
    waiter_ = Waiter();
    operation_.end();
    std::move(inner_)(std::forward<Args>(args)...);
  }

  [[nodiscard]] const Inner& inner() const noexcept { return inner_; }

 private:
  Inner inner_;
  Waiter waiter_;
  Operation operation_;
};

/// Starts an operation with the handler in a TimedHandler.
template <class Initiation>
class TimedInitiation {
 public:
  TimedInitiation(Initiation initiation, const char* kind, Location where, Waiter waiter)
      : initiation_(std::move(initiation)),
        kind_(kind),
        where_(where),
        waiter_(std::move(waiter)) {}

  template <class Handler, class... Args>
  void operator()(Handler&& handler, Args&&... args) {
    Runtime* const runtime = runtime_for(handler);
    Operation operation;
    if (runtime != nullptr) operation = Operation(runtime->tiers().watch(), kind_, where_);
    std::move(initiation_)(
        TimedHandler<std::decay_t<Handler>>(std::forward<Handler>(handler), std::move(waiter_),
                                            std::move(operation)),
        std::forward<Args>(args)...);
  }

 private:
  template <class Handler>
  Runtime* runtime_for(const Handler& handler) const noexcept {
    if constexpr (requires { initiation_.get_executor(); }) {  // that of a timer or a socket
      return runtime_of(::asio::get_associated_executor(handler, initiation_.get_executor()));
    } else {
      return runtime_of(::asio::get_associated_executor(handler));
    }
  }

  Initiation initiation_;
  const char* kind_;
  Location where_;
  Waiter waiter_;
};

}  // namespace pulse::asio

template <class Token, class Signature>
class asio::async_result<pulse::asio::Timed<Token>, Signature> {
 public:
  template <class Initiation, class... Args>
  static auto initiate(Initiation&& initiation, pulse::asio::Timed<Token> timed, Args&&... args) {
    return ::asio::async_initiate<Token, Signature>(
        pulse::asio::TimedInitiation<std::decay_t<Initiation>>(
            std::forward<Initiation>(initiation), timed.kind, timed.where, std::move(timed.waiter)),
        timed.token, std::forward<Args>(args)...);
  }
};

/// What is associated with the handler inside: its executor, allocator and cancellation slot.
template <template <class, class> class Associator, class Inner, class Candidate>
struct asio::associator<Associator, pulse::asio::TimedHandler<Inner>, Candidate>
    : Associator<Inner, Candidate> {
  static auto get(const pulse::asio::TimedHandler<Inner>& handler,
                  const Candidate& candidate = Candidate()) noexcept {
    return Associator<Inner, Candidate>::get(handler.inner(), candidate);
  }
};
