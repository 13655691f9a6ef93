#include "pulsebench/session/profile_workload.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/profile/attached_sampler.hpp"
#include "pulsebench/profile/stack_reader.hpp"
#include "pulsebench/run/load_driver.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/sampled_launches.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr double kWorkloadSeconds = 3.0;
constexpr int kFewestLaunches = 3, kMostLaunches = 400;
constexpr double kServers = 8.0;                    // of a workload of load
constexpr double kMostSamplesOfALaunch = 12'000.0;  // a longer launch is sampled less often
constexpr double kWorthSaying = 0.1;                // of the wall time, spent waiting

/// A launch's value of a metric, where it has one.
std::optional<double> value_of(const Visit& visit, std::string_view metric) {
  const auto found = std::ranges::find(visit.metrics, metric, &MetricValues::name);
  return found == visit.metrics.end() ? std::nullopt : std::optional{found->values.front()};
}

/// The same workload with another life of its servers.
std::shared_ptr<const run::Workload> with_servers(const run::Workload& workload, int launches) {
  run::LoadWorkload load = *workload.load;
  load.fresh_every_blocks = launches;
  run::Workload copy = workload;
  copy.load = std::make_shared<const run::LoadWorkload>(std::move(load));
  return std::make_shared<const run::Workload>(std::move(copy));
}

/// A period for each launch, around `period`: short runs would be sampled at the same moments
/// otherwise. Multiples of the golden ratio are spread evenly, however many there are.
double period_of(double period, int launch) {
  constexpr double kGoldenRatio = 0.6180339887498949;
  double whole = 0.0;
  return period * (0.75 + 0.5 * std::modf(kGoldenRatio * (launch + 1), &whole));
}

class WorkloadSampling {
 public:
  static Result<WorkloadSampling> make(run::Launcher& launcher, const run::Subject& subject,
                                       const run::Cpus& cpus, const ProfileCpuRequest& request) {
    PB_TRY(auto reader, profile::StackReader::make());
    WorkloadSampling sampling{launcher, subject, cpus, std::move(reader)};
    const std::string& id = subject.info.id.text();
    const auto calibrated = launcher.calibrate(sampling.source_, id);
    if (!calibrated) return did_not_run(id, calibrated.error());
    sampling.plan(*calibrated, request);
    return sampling;
  }

  [[nodiscard]] int launches() const { return launches_; }
  [[nodiscard]] double period_ns() const { return period_ns_; }

  /// A launch without samples gives the cost, and one with samples the stacks.
  Result<void> add(int number, profile::CpuProfile& profile) {
    PB_TRY(const Visit timed, visit(number));
    const double period = period_of(period_ns_, number);
    PB_TRY(auto sampler, sampler_for(period));
    PB_TRY(const Visit sampled, visit(number));
    profile::LaunchSamples launch = read(sampler, profile);
    const auto counts = sampler.counts();
    const double seen_ns = period * static_cast<double>(launch.samples + counts.lost);
    launch.p25_ns_per_op = cpu_ns(timed, sampler.sees_kernel()).value_or(seen_ns);
    note_unseen(timed, sampler.sees_kernel(), profile);
    profile.operation = is_load() && cpu_ns(timed, sampler.sees_kernel())
                            ? profile::Operation::request
                            : profile::Operation::run;
    profile.launches.push_back(std::move(launch));
    add_means(profile.launches.back().p25_ns_per_op,
              cpu_ns(sampled, sampler.sees_kernel()).value_or(seen_ns), profile);
    profile.lost += counts.lost;
    profile.throttled += counts.throttled;
    profile.sampled_seconds += seen_ns / 1e9;
    profile.unnamed_files = reader_.unnamed_files();
    return {};
  }

 private:
  WorkloadSampling(run::Launcher& launcher, const run::Subject& subject, const run::Cpus& cpus,
                   profile::StackReader reader)
      : launcher_(launcher),
        id_(subject.info.id.text()),
        source_(subject.sides.front()),
        cpus_(cpus),
        reader_(std::move(reader)) {}

  [[nodiscard]] bool is_load() const { return source_.workload->load != nullptr; }

  void plan(const run::Calibration& calibrated, const ProfileCpuRequest& request) {
    batching_ = calibrated.batching;
    const double seconds = std::max(calibrated.visit_seconds, 1e-4);
    const double wanted = std::ceil(request.seconds.value_or(kWorkloadSeconds) / seconds);
    launches_ =
        static_cast<int>(std::clamp(wanted, double{kFewestLaunches}, double{kMostLaunches}));
    period_ns_ = std::max(1e9 / request.rate, seconds * 1e9 / kMostSamplesOfALaunch);
    if (!is_load()) return;
    const double of_a_server = std::ceil(launches_ / kServers);
    source_.workload = with_servers(*source_.workload, 2 * static_cast<int>(of_a_server));
  }

  Result<Visit> visit(int number) {
    auto visit = launcher_.visit(source_, id_, batching_, number);
    if (!visit) return did_not_run(id_, visit.error());
    return *std::move(visit);
  }

  Result<profile::AttachedSampler> sampler_for(double period) {
    const auto period_ns = static_cast<std::uint64_t>(period);
    const auto& cpus = launcher_.granted().pinned ? cpus_.measuring : cpus_.thread_cpus;
    Result<profile::AttachedSampler> sampler = fail(ErrorCode::nothing_measured, "");
    if (is_load()) {
      const auto processes = launcher_.server_processes(source_);
      if (!processes) return did_not_run(id_, processes.error());
      sampler = profile::AttachedSampler::attach(*processes, cpus, period_ns);
    } else {
      sampler = profile::AttachedSampler::await(cpus, period_ns);
    }
    if (sampler) return sampler;
    return fail(ErrorCode::nothing_measured,
                fmt::format("'{}': {}; a workload cannot be sampled otherwise", id_,
                            sampler.error().message));
  }

  /// The meter, which starts a command, is no part of it.
  profile::LaunchSamples read(profile::AttachedSampler& sampler, profile::CpuProfile& profile) {
    const std::string meter = source_.workload->meter.string();
    profile::LaunchSamples launch;
    for (const profile::Recording& recording : sampler.finish()) {
      const bool of_meter =
          !meter.empty() && std::ranges::any_of(recording.modules().mappings(),
                                                [&](const auto& one) { return one.path == meter; });
      if (of_meter) continue;
      launch.add(reader_.read(recording, profile.frames, profile::StackPart::whole));
    }
    return launch;
  }

  /// CPU time of a run or a request, where it is measured beside the samples.
  [[nodiscard]] std::optional<double> cpu_ns(const Visit& visit, bool with_kernel) const {
    if (is_load()) return with_kernel ? value_of(visit, "server_cpu") : std::nullopt;
    if (source_.workload->meter.empty()) return std::nullopt;
    return value_of(visit, with_kernel ? "cpu" : "user");
  }

  void note_unseen(const Visit& timed, bool with_kernel, profile::CpuProfile& profile) const {
    profile.unseen.clear();
    if (!with_kernel) {
      profile.unseen.emplace_back("time in the kernel is not sampled (kernel.perf_event_paranoid)");
    }
    if (is_load() || source_.workload->meter.empty()) return;
    const double wall = value_of(timed, "wall").value_or(0.0);
    const double waits = wall - value_of(timed, "cpu").value_or(wall);
    if (waits <= kWorthSaying * wall) return;
    profile.unseen.push_back(fmt::format(
        "a run waits for {:.0f} % of its time, which is not sampled", 100.0 * waits / wall));
  }

  run::Launcher& launcher_;
  std::string id_;
  run::Source source_;
  run::Cpus cpus_;
  profile::StackReader reader_;
  Batching batching_;
  int launches_ = kFewestLaunches;
  double period_ns_ = 0.0;
};

/// "cli/pack/level:9" of "cli/pack/level:9:wall".
std::string workload_of(const BenchmarkInfo& info) {
  return info.id.text().substr(0, info.id.text().size() - info.metric->name.size() - 1);
}

}  // namespace

Result<profile::CpuProfile> profile_workload(const Session& session,
                                             const ProfileCpuRequest& request,
                                             const run::Subject& subject) {
  PB_TRY(const auto placement, place(session.environment.machine, request.cpus));
  const TunedMachine machine{session, placement, request.no_tune};
  run::Launcher launcher{plan::Occasion::launch, session.workspace.config.sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  permits_rate(session, request.rate, "fewer samples come");
  PB_TRY(auto sampling, WorkloadSampling::make(launcher, subject, machine.cpus(), request));
  return take_launches(
      session, machine.interrupt(), sampling.launches(), "launches",
      {.benchmark = workload_of(subject.info), .by = "perf", .period_ns = sampling.period_ns()},
      [&](int number, profile::CpuProfile& profile) { return sampling.add(number, profile); });
}

}  // namespace pulsebench::session
