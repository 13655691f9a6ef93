#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/plan/layout.hpp"
#include "pulsebench/run/descriptor.hpp"
#include "pulsebench/vocabulary/benchmark.hpp"
#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/wire/line_buffer.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::run {

/// How a suite's process is started.
struct ChildSpec {
  std::filesystem::path executable;
  plan::Layout layout;
  std::vector<int> cpus;                   ///< to run on; empty: where the orchestrator may
  std::chrono::milliseconds limit{10000};  ///< of its whole life; then it is killed
  int interrupt = -1;                      ///< descriptor that becomes readable to stop waiting
};

/// Why a child gave no answer.
struct ChildFailure {
  Status status = Status::crashed;  ///< crashed, timed_out, failed, or not_measured (interrupted)
  std::string reason;
};

/// One process life of a suite: greeted, asked, answered, gone. Its own process group, killed with
/// everything it started when this object goes, and by the kernel should the orchestrator die.
class Child {
 public:
  /// Starts the suite and waits for its greeting.
  [[nodiscard]] static tl::expected<Child, ChildFailure> start(const ChildSpec& spec);

  Child(Child&&) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  [[nodiscard]] const wire::Hello& hello() const { return hello_; }

  /// Whether address-space randomisation could be switched off for it.
  [[nodiscard]] bool aslr_off() const { return aslr_off_; }

  /// Sends `request` and waits for its answer.
  [[nodiscard]] tl::expected<wire::Event, ChildFailure> ask(const wire::Request& request);

  /// Asks it to leave and waits until it is gone; kills it at the time limit.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  explicit Child(const ChildSpec& spec);
  [[nodiscard]] tl::expected<wire::Event, ChildFailure> receive();
  [[nodiscard]] tl::expected<void, ChildFailure> wait_for_bytes();
  [[nodiscard]] bool drain(Descriptor& from, std::string* into);
  [[nodiscard]] ChildFailure gone();
  [[nodiscard]] ChildFailure protocol_broken(const std::string& what);
  void wait_until_gone();
  void kill_group();
  void reap();

  ChildSpec spec_;
  Clock::time_point deadline_;
  int pid_ = -1;
  int wait_status_ = 0;
  bool reaped_ = false;
  bool aslr_off_ = true;
  Descriptor requests_, events_, stdout_, stderr_;
  wire::LineBuffer lines_;
  std::string said_;              ///< the end of its stderr
  std::size_t output_bytes_ = 0;  ///< on all three channels
  wire::Hello hello_;
};

}  // namespace pulsebench::run
