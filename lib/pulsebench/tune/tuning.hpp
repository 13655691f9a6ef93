#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/machine/roots.hpp"
#include "pulsebench/tune/guardian.hpp"
#include "pulsebench/tune/journal.hpp"
#include "pulsebench/tune/knob.hpp"
#include "pulsebench/tune/latency_hold.hpp"
#include "pulsebench/tune/restore.hpp"
#include "pulsebench/tune/sys_io.hpp"

namespace pulsebench::tune {

/// What stands between a machine and its tuning: where the journal and the lock are kept, and how
/// settings are reached.
struct TuneContext {
  machine::Roots roots;
  std::shared_ptr<SysIo> io;
  std::function<std::vector<Knob>(const SysIo&, const machine::Placement&)> plan = linux_knobs;
  /// How long to wait for another pulsebench that is just putting the machine back.
  std::chrono::milliseconds patience{2000};

  /// This platform's: files on Linux, `pmset` on macOS, `powercfg` on Windows.
  [[nodiscard]] static TuneContext of(const machine::Roots& roots);
  [[nodiscard]] std::filesystem::path folder() const { return roots.run / "pulsebench"; }
  [[nodiscard]] std::filesystem::path journal() const { return folder() / "tune.journal"; }
  [[nodiscard]] std::filesystem::path lock() const { return folder() / "tune.lock"; }
};

/// The lock that whoever tunes the machine holds, its guardian included. Without it, a second
/// pulsebench would take the tuned values for the originals.
class TuneLock {
 public:
  /// `io` where it is held by another process after `patience`, or cannot be made.
  [[nodiscard]] static Result<TuneLock> take(const TuneContext& context);
  TuneLock(TuneLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  TuneLock& operator=(TuneLock&&) = delete;
  TuneLock(const TuneLock&) = delete;
  TuneLock& operator=(const TuneLock&) = delete;
  ~TuneLock();
  [[nodiscard]] int descriptor() const { return fd_; }

 private:
  explicit TuneLock(int fd) : fd_(fd) {}
  int fd_;
};

/// What was found of an earlier pulsebench, and what was done about it.
struct Recovery {
  Restored restored;
  bool kept = false;               ///< `tune apply` is in force: nothing was touched
  std::vector<std::string> notes;  ///< one line each, for the user: what was recovered or discarded
};

/// How long a tuning is to last. What takes the measuring CPU from everybody else (cpu_partition)
/// is for a run only.
enum class Until { end_of_run, restored };

/// The machine, tuned as far as it lets us for as long as this lives. Never stops a run: what could
/// not be had is in the reports. Make it while no other thread runs (it forks its guardian).
class Tuning {
 public:
  /// Puts back first what an earlier pulsebench left behind.
  [[nodiscard]] static Tuning begin(const TuneContext& context, const machine::Placement& placement,
                                    Until until = Until::end_of_run);
  /// Nothing is asked for (`--no-tune`); what an earlier one left behind is put back all the same.
  [[nodiscard]] static Tuning none(const TuneContext& context, const machine::Placement& placement);

  Tuning(Tuning&&) noexcept = default;
  Tuning& operator=(Tuning&&) = delete;
  Tuning(const Tuning&) = delete;
  Tuning& operator=(const Tuning&) = delete;
  ~Tuning();

  [[nodiscard]] const std::vector<KnobReport>& knobs() const { return knobs_; }
  /// The cgroup.procs of the partition that benchmarks have to join; empty where there is none.
  [[nodiscard]] const std::string& partition() const { return partition_; }

  /// Lines for the user: what was put back or discarded, and why nothing was tuned.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

  /// Writes the knobs into the facts of a run (see `tune::add_to`), with what they are now as
  /// `after`. Call before `put_back`.
  void add_to(std::vector<StateFact>& facts) const;

  /// Puts everything back now and lets the guardian go; empty reports where nothing was held.
  Restored put_back();

  /// Lets the settings stay after this process, until `tune_restore`; what only a living process
  /// can hold (cpu_dma_latency) ends. An error puts everything back. Precondition: begun so.
  [[nodiscard]] Result<void> keep();

 private:
  Tuning() = default;
  [[nodiscard]] Result<void> take_hold(const TuneContext& context);
  void turn(const std::vector<Knob>& knobs);
  void open_partition(const Knob& knob, KnobReport& report);
  void give_up(const std::vector<Knob>& knobs, const SysIo& io, KnobOutcome outcome,
               const std::string& reason);

  std::optional<TuneContext> context_;
  // In this order: the guardian goes before the lock does.
  std::optional<TuneLock> lock_;
  std::optional<Guardian> guardian_;
  std::optional<Journal> journal_;
  LatencyHold latency_;
  std::vector<Knob> planned_;
  std::shared_ptr<const SysIo> io_;
  std::vector<KnobReport> knobs_;
  std::vector<std::string> notes_;
  std::string partition_;
  std::string refused_because_;  ///< why nothing could be held
};

/// `tune show`: what each knob is now and would become.
[[nodiscard]] std::vector<KnobReport> tune_show(const TuneContext& context,
                                                const machine::Placement& placement);

/// `tune restore`: puts back what `tune apply`, or a pulsebench that was killed, left behind.
/// `io` where another pulsebench is tuning just now.
[[nodiscard]] Result<Recovery> tune_restore(const TuneContext& context);

/// The same for any start: leaves `tune apply` in force. Precondition: the lock is held.
[[nodiscard]] Recovery recover(const TuneContext& context, bool also_kept);

}  // namespace pulsebench::tune
