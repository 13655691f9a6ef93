#include "pulsebench/session/sampled_launches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <system_error>

#include "pulsebench/os/pseudo_file.hpp"
#include "pulsebench/plan/plan.hpp"
#include "pulsebench/profile/attached_sampler.hpp"
#include "pulsebench/profile/recording.hpp"
#include "pulsebench/stats/quantile.hpp"
#include "pulsebench/stats/spread.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr int kSampledPerTimed = 4;  // of the slices
constexpr std::uint64_t kStackBytes = 4096;
constexpr std::uint64_t kWarmUpNs = 2'000'000;
constexpr double kLeastRate = 20'000.0;  // of the kernel's limit, below which it withholds samples
constexpr double kLeastShare = 0.5;      // of the samples that time and rate promise

Failure failure_of(const std::string& id, const run::ProcessFailure& failure) {
  const bool nothing = failure.status == Status::measured_nothing;
  return fail(nothing ? ErrorCode::nothing_measured : ErrorCode::child_failed,
              fmt::format("benchmark '{}': {}", id, failure.reason));
}

wire::TakeProfile request_for(const std::string& id, const Batching& batching, int number,
                              const SamplingPlan& plan, const std::string& file, double slice_ns) {
  const double round_seconds = (1 + kSampledPerTimed) * batching.slices * slice_ns / 1e9;
  const double rounds = std::clamp(std::round(plan.launch_seconds / round_seconds), 1.0, 1000.0);
  return {.id = id,
          .batching = batching,
          .warm_up_ns = kWarmUpNs,
          .heap_padding = plan::layout_of(number).heap_padding,
          .rounds = static_cast<int>(rounds),
          .sampled_slices = kSampledPerTimed * batching.slices,
          .period_ns = static_cast<std::uint64_t>(1e9 / plan.rate),
          .stack_bytes = kStackBytes,
          .by_timer = plan.by_timer,
          .file = file};
}

/// True if the kernel stopped sampling for most of the time, as where another program lowers its
/// limit meanwhile.
bool were_withheld(const wire::Profiled& profiled, double period_ns) {
  const double expected = profiled.sampled_seconds * 1e9 / period_ns;
  return profiled.throttled > 0 && static_cast<double>(profiled.samples) < kLeastShare * expected;
}

std::vector<double> costs_of(const Visit& visit) {
  std::vector<double> costs;
  for (const Slice& slice : visit.slices) costs.push_back(slice.ns_per_op);
  std::sort(costs.begin(), costs.end());
  return costs;
}

double low_quantile(const Visit& visit) { return stats::quantile(costs_of(visit), 0.25); }
double mean_of(const Visit& visit) { return stats::mean(costs_of(visit)); }

}  // namespace

Result<SampledLaunches> SampledLaunches::make(run::Launcher& launcher, const SamplingPlan& plan) {
  PB_TRY(auto reader, profile::StackReader::make());
  reader.count_addresses_in(plan.addresses_in);
  PB_TRY(auto folder, os::TemporaryFolder::make());
  return SampledLaunches{launcher, plan, std::move(folder), std::move(reader)};
}

Result<Batching> SampledLaunches::calibrate(const run::Source& source, const std::string& id) {
  if (source.driver != run::Driver::wire && source.driver != run::Driver::foreign) {
    return fail(ErrorCode::bad_input,
                fmt::format("'{}' cannot be sampled: its program is neither a suite of pulsebench "
                            "nor of Google Benchmark; as a workload of the kind 'command' it is "
                            "sampled as a whole",
                            id));
  }
  auto calibration = launcher_.calibrate(source, id);
  if (!calibration) return failure_of(id, calibration.error());
  Batching& batching = calibration->batching;
  batching.min_time = std::max(batching.min_time, plan_.launch_seconds / batching.slices);
  return batching;
}

Result<void> SampledLaunches::add(const run::Source& source, const std::string& id,
                                  const Batching& batching, int number,
                                  profile::CpuProfile& profile) {
  profile.period_ns = 1e9 / plan_.rate;
  PB_CHECK(samples_itself(source) ? add_suite(source, id, batching, number, profile)
                                  : add_attached(source, id, batching, number, profile));
  profile.unnamed_files = reader_.unnamed_files();
  return {};
}

profile::LaunchSamples SampledLaunches::read(const profile::Recording& recording,
                                             profile::CpuProfile& profile) {
  const std::clock_t begin = std::clock();  // of CPU time
  auto launch = reader_.read(recording, profile.frames);
  profile.reading_seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  return launch;
}

Result<void> SampledLaunches::add_suite(const run::Source& source, const std::string& id,
                                        const Batching& batching, int number,
                                        profile::CpuProfile& profile) {
  constexpr double kSliceNs = 200'000.0;
  const std::filesystem::path file = folder_.path() / "samples";
  const auto request = request_for(id, batching, number, plan_, file.string(), kSliceNs);
  const auto answer = launcher_.count(source, request, {}, number);
  if (!answer) return failure_of(id, answer.error());
  const auto* const profiled = std::get_if<wire::Profiled>(&*answer);
  if (profiled == nullptr) {
    return failure_of(id, {Status::failed, "it answered 'profile' with another message"});
  }
  PB_TRY(const auto recording, profile::Recording::read(file));
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  if (!plan_.by_timer && were_withheld(*profiled, profile.period_ns)) {
    plan_.by_timer = true;
    withheld_ = "the kernel withheld samples of perf events (kernel.perf_event_max_sample_rate)";
    return add_suite(source, id, batching, number, profile);
  }
  auto launch = read(recording, profile);
  launch.p25_ns_per_op = profiled->p25_ns_per_op;
  profile.launches.push_back(std::move(launch));
  profile.by = profiled->by;
  profile.refused = withheld_.empty() ? profiled->refused : withheld_;
  profile.lost += profiled->lost;
  profile.throttled += profiled->throttled;
  profile.sampled_seconds += profiled->sampled_seconds;
  add_means(profiled->mean_ns_per_op, profiled->sampled_ns_per_op, profile);
  return {};
}

Result<void> SampledLaunches::add_attached(const run::Source& source, const std::string& id,
                                           const Batching& batching, int number,
                                           profile::CpuProfile& profile) {
  auto timed = launcher_.visit(source, id, batching, number);
  if (!timed) return failure_of(id, timed.error());
  auto started = launcher_.begin(source, batching, number);
  if (!started) return failure_of(id, started.error());
  if (auto ready = launcher_.await_start(*started); !ready) return failure_of(id, ready.error());
  const int process = started->process_id();
  auto sampler = profile::AttachedSampler::attach(
      std::span{&process, 1}, source.threads > 1 ? plan_.cpus : std::vector<int>{},
      static_cast<std::uint64_t>(profile.period_ns));
  if (!sampler) {
    return fail(
        ErrorCode::nothing_measured,
        fmt::format(
            "benchmark '{}': {}; a timer samples suites of pulsebench with one thread alone", id,
            sampler.error().message));
  }
  auto sampled = launcher_.visit(*std::move(started), id, batching);
  if (!sampled) return failure_of(id, sampled.error());
  profile::LaunchSamples launch;
  for (const auto& recording : sampler->finish()) launch.add(read(recording, profile));
  const auto counts = sampler->counts();
  launch.p25_ns_per_op = low_quantile(*timed);
  profile.launches.push_back(std::move(launch));
  profile.by = "perf";
  profile.lost += counts.lost;
  profile.throttled += counts.throttled;
  // The program ran outside of its loop as well, so that no time promises a number.
  profile.sampled_seconds +=
      static_cast<double>(counts.samples + counts.lost) * profile.period_ns / 1e9;
  add_means(mean_of(*timed), mean_of(*sampled), profile);
  return {};
}

void add_means(double timed, double sampled, profile::CpuProfile& profile) {
  const auto n = static_cast<double>(profile.launches.size());
  profile.mean_ns_per_op += (timed - profile.mean_ns_per_op) / n;
  profile.sampled_ns_per_op += (sampled - profile.sampled_ns_per_op) / n;
}

Result<profile::CpuProfile> take_launches(
    const Session& session, const run::Interrupt& interrupt, int launches, std::string_view unit,
    profile::CpuProfile profile,
    const std::function<Result<void>(int number, profile::CpuProfile& profile)>& add) {
  const auto progress = session.progress(unit);
  for (int number = 0; number < launches && interrupt.signal() == 0; ++number) {
    progress(
        {static_cast<std::size_t>(number), static_cast<std::size_t>(launches), profile.benchmark});
    auto added = add(number, profile);
    if (interrupt.signal() != 0) break;
    if (!added) return tl::unexpected{std::move(added).error()};
  }
  profile.interrupted_by = interrupt.signal();
  if (profile.interrupted_by == 0 || profile.launches.empty()) PB_CHECK(check_samples(profile));
  return profile;
}

bool samples_itself(const run::Source& source) {
  return source.driver == run::Driver::wire && source.threads == 1;
}

plan::Sampling sampling_for(const run::Source& source, double seconds, plan::Sampling sampling) {
  if (source.driver != run::Driver::wire || samples_itself(source)) return sampling;
  const auto visit =
      std::chrono::duration_cast<decltype(sampling.visit)>(std::chrono::duration<double>{seconds});
  sampling.visit = std::max(sampling.visit, visit);
  sampling.launch_limit += std::chrono::duration_cast<std::chrono::milliseconds>(3 * visit);
  sampling.max_slices =
      std::max(sampling.max_slices, static_cast<int>(sampling.visit / sampling.slice));
  return sampling;
}

bool permits_rate(const Session& session, int rate, const char* instead) {
  const auto file = session.environment.tuned.proc / "sys/kernel/perf_event_max_sample_rate";
  const auto text = os::read_if_there(file);
  const double most = text ? std::strtod(text->c_str(), nullptr) : kLeastRate;
  if (most >= kLeastRate && most >= rate) return true;
  session.notice(
      fmt::format("warning: kernel.perf_event_max_sample_rate is {:.0f}, which withholds "
                  "samples: another program set it, or the kernel on a busy machine; {}",
                  most, instead));
  return false;
}

bool chooses_timer(const Session& session, bool asked, int rate, const run::Source& source) {
  if (!samples_itself(source)) {
    permits_rate(session, rate, "fewer samples come");
    return false;
  }
  return asked || !permits_rate(session, rate, "a timer samples instead");
}

Result<void> check_samples(const profile::CpuProfile& profile) {
  const auto seen = static_cast<double>(profile.samples() + profile.outside());
  const bool withheld = profile.lost > 0 || profile.throttled > 0;
  const bool enough =
      profile.samples() > 0 && (!withheld || seen >= kLeastShare * profile.expected());
  if (enough) return {};
  std::string why = fmt::format("{:.0f} of {:.0f} samples came", seen, profile.expected());
  if (profile.lost > 0) why += fmt::format("; {} were lost for lack of memory", profile.lost);
  if (profile.throttled > 0) {
    why += fmt::format("; the kernel stopped sampling {} times (kernel.perf_event_max_sample_rate)",
                       profile.throttled);
  }
  if (profile.samples() == 0 && profile.outside() > 0) {
    why += "; none of them was in the operation";
  }
  return fail(
      ErrorCode::nothing_measured,
      fmt::format("benchmark '{}': {}; give a lower --rate, or --timer", profile.benchmark, why));
}

}  // namespace pulsebench::session
