#pragma once

#include "pulsebench/run/process.hpp"
#include "pulsebench/wire/line_buffer.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::run {

/// A suite process on the wire, from its start to its exit.
class Child {
 public:
  /// Starts the suite; adds the wire's argument to `spec.arguments`.
  [[nodiscard]] static tl::expected<Child, ProcessFailure> start(ProcessSpec spec);

  /// Waits for `Hello`, the suite's first message. The time limit restarts here and at each
  /// request.
  [[nodiscard]] tl::expected<void, ProcessFailure> greet();

  [[nodiscard]] const wire::Hello& hello() const { return hello_; }
  [[nodiscard]] const Granted& granted() const { return process_.granted(); }
  [[nodiscard]] int process_id() const { return process_.id(); }

  /// Sends `request` and waits for the answer.
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> ask(const wire::Request& request);

  /// Moves the process from the orchestrator's CPUs to `cpus`.
  [[nodiscard]] tl::expected<void, ProcessFailure> move_to(const std::vector<int>& cpus) {
    return process_.move_to(cpus);
  }

  /// Moves the process to the orchestrator's CPUs and requests its exit.
  void request_exit();

  /// Waits for the exit; kills the process at the time limit. Precondition: `request_exit`.
  void finish();

 private:
  explicit Child(Process process) : process_(std::move(process)) {}
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> receive();

  Process process_;
  wire::LineBuffer lines_;
  wire::Hello hello_;
};

}  // namespace pulsebench::run
