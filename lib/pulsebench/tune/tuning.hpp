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

/// Access to a machine's settings, and the paths of journal and lock.
struct TuneContext {
  machine::Roots roots;
  std::shared_ptr<SysIo> io;
  std::function<std::vector<Knob>(const SysIo&, const machine::Placement&)> plan = linux_knobs;
  /// Time to wait for another pulsebench that is restoring the machine.
  std::chrono::milliseconds patience{2000};

  /// Context of this platform: files on Linux, `pmset` on macOS, none on Windows.
  [[nodiscard]] static TuneContext of(const machine::Roots& roots);
  [[nodiscard]] std::filesystem::path folder() const { return roots.run / "pulsebench"; }
  [[nodiscard]] std::filesystem::path journal() const { return folder() / "tune.journal"; }
  [[nodiscard]] std::filesystem::path lock() const { return folder() / "tune.lock"; }
};

/// Lock of the process that tunes the machine, and of its guardian. Without it, a second pulsebench
/// would record tuned values as the originals.
class TuneLock {
 public:
  /// `io` if another process has the lock after `patience`, or it cannot be created.
  [[nodiscard]] static Result<TuneLock> take(const TuneContext& context);
  [[nodiscard]] int descriptor() const { return opened_.number(); }

 private:
  explicit TuneLock(os::Descriptor opened) : opened_(std::move(opened)) {}
  os::Descriptor opened_;
};

/// Result of the recovery after an earlier pulsebench.
struct Recovery {
  Restored restored;
  bool kept = false;               ///< `tune apply` is active: no setting was changed
  bool pending = false;            ///< a journal is still there, read or not
  std::vector<std::string> notes;  ///< lines for the user: what was recovered or discarded
};

/// Duration of a tuning. A run only: cpu_partition, which takes the measuring CPU from other
/// processes.
enum class Until { end_of_run, restored };

/// Tunes the machine during this object's life, as far as permitted. Never stops a run: the reports
/// have what failed. Construct it while no other thread runs (it forks its guardian).
class Tuning {
 public:
  /// Tunes the machine, after restoring the settings of an earlier pulsebench.
  [[nodiscard]] static Tuning begin(const TuneContext& context, const machine::Placement& placement,
                                    Until until = Until::end_of_run);
  /// Tunes nothing (`--no-tune`), but restores the settings of an earlier pulsebench.
  [[nodiscard]] static Tuning none(const TuneContext& context, const machine::Placement& placement);

  Tuning(Tuning&&) noexcept = default;
  Tuning& operator=(Tuning&&) = delete;
  Tuning(const Tuning&) = delete;
  Tuning& operator=(const Tuning&) = delete;
  ~Tuning();

  [[nodiscard]] const std::vector<KnobReport>& knobs() const { return knobs_; }
  /// cgroup.procs of the partition that benchmarks have to join; empty if there is none.
  [[nodiscard]] const std::string& partition() const { return partition_; }

  /// Lines for the user: what was restored or discarded, and why no setting was changed.
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

  /// Writes the knobs into the facts of a run (see `tune::add_to`), with the current values as
  /// `after`. Call before `put_back`.
  void add_to(std::vector<StateFact>& facts) const;

  /// Restores all settings now and ends the guardian; the result is empty if none was changed.
  Recovery put_back();

  /// Keeps the settings after this process, until `tune_restore`, except cpu_dma_latency, which
  /// ends with the process. An error restores all. Precondition: begun with `Until::restored`.
  [[nodiscard]] Result<void> keep();

 private:
  Tuning() = default;
  [[nodiscard]] Result<void> secure(const TuneContext& context);
  void set_all(const std::vector<Knob>& knobs);
  void open_partition(const Knob& knob, KnobReport& report);
  void give_up(const std::vector<Knob>& knobs, const SysIo& io, KnobOutcome outcome,
               const std::string& reason);

  std::optional<TuneContext> context_;
  // In this order: the guardian ends before the lock is released.
  std::optional<TuneLock> lock_;
  std::optional<Guardian> guardian_;
  std::optional<Journal> journal_;
  LatencyHold latency_;
  std::vector<Knob> planned_;
  std::shared_ptr<const SysIo> io_;
  std::vector<KnobReport> knobs_;
  std::vector<std::string> notes_;
  std::string partition_;
  std::string refused_because_;  ///< reason why no setting was changed
};

/// `tune show`: the current and the requested value of each knob.
[[nodiscard]] std::vector<KnobReport> tune_show(const TuneContext& context,
                                                const machine::Placement& placement);

/// `tune restore`: restores the settings changed by `tune apply` or by a killed pulsebench. `io` if
/// another pulsebench is tuning now. Never discards what it cannot read: see `pending`.
[[nodiscard]] Result<Recovery> tune_restore(const TuneContext& context);

/// Restores the settings of a killed pulsebench; those of `tune apply` only with `also_kept`.
/// Precondition: the caller has the lock.
[[nodiscard]] Recovery recover(const TuneContext& context, bool also_kept);

/// What the guardian does: the same by the journal that its process had opened.
void recover_alone(const TuneContext& context, os::Descriptor journal);

/// Restores the changes that this process knows, also if its journal is gone or overwritten.
[[nodiscard]] Recovery put_back(const TuneContext& context, const Journal& journal);

}  // namespace pulsebench::tune
