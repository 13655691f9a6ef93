#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/profile/cpu_profile.hpp"
#include "pulsebench/profile/stack_reader.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// How a benchmark is sampled.
struct SamplingPlan {
  std::vector<int> cpus = {};     ///< of a benchmark with several threads
  double launch_seconds = 0.375;  ///< of measuring, in each process
  int rate = 5000;                ///< samples a second
  bool by_timer = false;
  std::string addresses_in = {};  ///< a file of which the samples at each address are counted
};

/// Samples processes of one benchmark, and reads what they wrote down.
class SampledLaunches {
 public:
  [[nodiscard]] static Result<SampledLaunches> make(run::Launcher& launcher,
                                                    const SamplingPlan& plan);

  /// Finds the batch of `source`, which it needs once. The error names the benchmark. `bad_input`
  /// where its program is of a framework that cannot be sampled.
  [[nodiscard]] Result<Batching> calibrate(const run::Source& source, const std::string& id);

  /// Adds a process in the layout of launch `number` to `profile`. Where the kernel withholds
  /// samples, a timer takes them from then on.
  [[nodiscard]] Result<void> add(const run::Source& source, const std::string& id,
                                 const Batching& batching, int number,
                                 profile::CpuProfile& profile);

 private:
  [[nodiscard]] Result<void> add_suite(const run::Source& source, const std::string& id,
                                       const Batching& batching, int number,
                                       profile::CpuProfile& profile);
  /// From outside: a process without samples gives the cost, and one with samples the stacks.
  [[nodiscard]] Result<void> add_attached(const run::Source& source, const std::string& id,
                                          const Batching& batching, int number,
                                          profile::CpuProfile& profile);
  [[nodiscard]] profile::LaunchSamples read(const profile::Recording& recording,
                                            profile::CpuProfile& profile);
  SampledLaunches(run::Launcher& launcher, const SamplingPlan& plan, os::TemporaryFolder folder,
                  profile::StackReader reader)
      : launcher_(launcher), plan_(plan), folder_(std::move(folder)), reader_(std::move(reader)) {}

  run::Launcher& launcher_;
  SamplingPlan plan_;
  os::TemporaryFolder folder_;
  profile::StackReader reader_;
  std::string withheld_;  ///< why a timer samples since some process
};

/// Counts what the last launch of `profile` cost an operation without samples and with them.
void add_means(double timed, double sampled, profile::CpuProfile& profile);

/// Adds `launches` launches to `profile` by `add`, until a signal comes, and says how far it is in
/// `unit`. `nothing_measured` as `check_samples`, where the signal left no launch too.
[[nodiscard]] Result<profile::CpuProfile> take_launches(
    const Session& session, const run::Interrupt& interrupt, int launches, std::string_view unit,
    profile::CpuProfile profile,
    const std::function<Result<void>(int number, profile::CpuProfile& profile)>& add);

/// True for a suite on the harness and a benchmark with one thread: others are sampled from
/// outside, which a timer cannot do.
[[nodiscard]] bool samples_itself(const run::Source& source);

/// How visits of `source` are taken where each is sampled for `seconds`: a suite with several
/// threads takes usual visits, which are too short otherwise.
[[nodiscard]] plan::Sampling sampling_for(const run::Source& source, double seconds,
                                          plan::Sampling sampling);

/// True if the kernel samples as often as `rate` asks: a notice says otherwise, and what comes
/// `instead`. Another program may have lowered kernel.perf_event_max_sample_rate, and the kernel
/// does it itself on a busy machine.
bool permits_rate(const Session& session, int rate, const char* instead);

/// Whether a timer samples `source`: where it is asked for, or the kernel does not permit the rate
/// and a timer can do it.
[[nodiscard]] bool chooses_timer(const Session& session, bool asked, int rate,
                                 const run::Source& source);

/// `nothing_measured`, with the reason, where the samples are too few to be shown.
[[nodiscard]] Result<void> check_samples(const profile::CpuProfile& profile);

}  // namespace pulsebench::session
