#pragma once

#include <asio/execution.hpp>
#include <memory>
#include <type_traits>
#include <utility>

#include "pulse/asio/runtime.hpp"

namespace pulse::asio {

/// An Asio executor for one task of a `Runtime`: for `co_spawn`, `post`, timers and sockets. Copies
/// share one task, whose handlers never run at the same time. The task ends with the last copy.
/// Handlers are never called from within `execute`.
class executor {
 public:
  /// Registers a new task. `runtime` has to outlive all copies. A Console shows `where` it began.
  explicit executor(Runtime& runtime, Priority priority = Priority::normal,
                    Location where = Location::here())
      : task_(std::make_shared<Task>(runtime, priority, where)) {}

  template <class Function>
  void execute(Function&& function) const {
    task_->submit(std::make_unique<Call<std::decay_t<Function>>>(std::forward<Function>(function)));
  }

  [[nodiscard]] TaskHandle handle() const noexcept { return task_->handle(); }

  [[nodiscard]] Runtime& runtime() const noexcept { return task_->runtime(); }

  [[nodiscard]] ::asio::execution_context& query(::asio::execution::context_t) const noexcept {
    return task_->runtime().pool();
  }
  [[nodiscard]] static constexpr ::asio::execution::blocking_t query(
      ::asio::execution::blocking_t) noexcept {
    return ::asio::execution::blocking.never;
  }

  friend bool operator==(const executor& a, const executor& b) noexcept {
    return a.task_ == b.task_;
  }
  friend bool operator!=(const executor& a, const executor& b) noexcept { return !(a == b); }

 private:
  template <class Function>
  class Call final : public Handler {
   public:
    template <class From>
    explicit Call(From&& from) : function_(std::forward<From>(from)) {}
    void call() override { std::move(function_)(); }

   private:
    Function function_;
  };

  std::shared_ptr<Task> task_;
};

}  // namespace pulse::asio
