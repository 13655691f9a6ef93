#pragma once

#include <optional>
#include <string>

#include "pulsebench/machine/placement.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/tune/process_knobs.hpp"
#include "pulsebench/tune/tuning.hpp"

namespace pulsebench::session {

/// Chooses the measuring CPUs of the machine below `roots`. All CPUs of a folder that stands for a
/// machine are allowed.
[[nodiscard]] Result<machine::Placement> place(const machine::Roots& roots,
                                               const std::optional<std::string>& cpus);

/// The machine set up for measuring while this lives: this process keeps off the measuring CPU, the
/// settings are tuned as far as permitted, and SIGINT and SIGTERM are caught. With `no_tune`, only
/// what an earlier pulsebench left behind is put back. Notices say what the user should know.
class TunedMachine {
 public:
  TunedMachine(const Session& session, const machine::Placement& placement, bool no_tune);
  ~TunedMachine() { put_back(); }
  TunedMachine(const TunedMachine&) = delete;
  TunedMachine& operator=(const TunedMachine&) = delete;

  /// What each benchmark's process gets beside its layout and CPUs, which the engine sets. The CPUs
  /// are asked for here only within a partition, where only such a process sees whether it gets
  /// them.
  [[nodiscard]] const tune::ProcessSettings& process_settings() const { return process_settings_; }

  /// Where benchmarks run. Those with several threads use all CPUs of the placement, except a
  /// single measuring CPU that a partition has taken from every other process.
  [[nodiscard]] run::Cpus cpus() const;

  [[nodiscard]] const tune::Tuning& tuning() const { return tuning_; }
  [[nodiscard]] const run::Interrupt& interrupt() const { return interrupt_; }

  /// Puts the settings back, and this process on all its CPUs. The destructor does it otherwise.
  void put_back();

 private:
  const Session& session_;
  machine::Placement placement_;
  Result<machine::CpuList> allowed_;  ///< CPUs of this process before it kept off one
  tune::Tuning tuning_;
  tune::ProcessSettings process_settings_;
  run::Interrupt interrupt_;  // after the tuning, whose guardian is a fork of this process
};

}  // namespace pulsebench::session
