#pragma once

#include <string>

#include "pulsebench/run/process.hpp"
#include "pulsebench/wire/line_buffer.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::run {

/// One process life of a suite on the wire: greeted, asked, answered, gone.
class Child {
 public:
  /// Starts the suite; the wire's argument is added to `spec.arguments`.
  [[nodiscard]] static tl::expected<Child, ProcessFailure> start(ProcessSpec spec);

  /// Waits for its greeting, which comes before any request. Its time limit counts from here, and
  /// from each request anew.
  [[nodiscard]] tl::expected<void, ProcessFailure> greet();

  [[nodiscard]] const wire::Hello& hello() const { return hello_; }
  [[nodiscard]] bool aslr_off() const { return process_.aslr_off(); }

  /// Sends `request` and waits for its answer.
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> ask(const wire::Request& request);

  /// Moves it to the CPUs that measure, from those of the orchestrator where it started.
  [[nodiscard]] tl::expected<void, ProcessFailure> move_to(const std::vector<int>& cpus) {
    return process_.move_to(cpus);
  }

  /// Asks it to leave, on the orchestrator's CPUs.
  void dismiss();

  /// Waits until it is gone; kills it at the time limit. Precondition: it was dismissed.
  void finish();

 private:
  explicit Child(Process process) : process_(std::move(process)) {}
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> receive();

  Process process_;
  wire::LineBuffer lines_;
  wire::Hello hello_;
};

}  // namespace pulsebench::run
