#include "pulsebench/run/load_driver.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/run/workload.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

using load::BurstPlan;
using load::BurstTaken;
using load::Loop;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr int kSearchConnections = 32;
constexpr int kSearchBursts = 3;
constexpr milliseconds kSearchBurst{50};
constexpr milliseconds kWarmUp{20};
/// A burst has a fifth more requests than its p99 needs, if it does not get too long for that.
constexpr double kEnoughRequests = 1.2 * static_cast<double>(kFewestForP99);
constexpr milliseconds kLongestBurst{1000};
constexpr double kMostLate = 0.01;  // a share of the requests
constexpr int kTriesInTime = 10;    // of a burst in which the generator was too slow
constexpr double kMostLost = 0.01;  // a share without a right answer, below the limit
constexpr double kRecovered = 2.0;  // times the p99 of before
constexpr milliseconds kRecoveryStep{100};

double share_of(std::uint64_t part, const BurstTaken& burst) {
  return static_cast<double>(part) /
         static_cast<double>(std::max<std::uint64_t>(1, burst.requests));
}

bool grows_old(const LoadWorkload& load) { return load.profile.purpose == load::Purpose::ageing; }

void report(Visit& visit, const char* name, std::vector<double> values,
            std::optional<double> guard = {}) {
  visit.metrics.push_back({.name = name, .values = std::move(values), .guard = guard});
}

/// In a million requests, so that zero is a figure too.
void report_errors(Visit& visit, std::uint64_t errors, std::uint64_t requests) {
  visit.metrics.push_back(
      {.name = "errors",
       .values = {1e6 * static_cast<double>(errors) / static_cast<double>(requests)},
       .trials = requests});
}

/// Longer than the profile's where the server answers too few requests in that time.
nanoseconds length_of(const load::Step& step, double rate, double requests) {
  const auto enough = std::chrono::duration<double>(requests / rate);
  return std::max<nanoseconds>(
      step.length, std::min<nanoseconds>(kLongestBurst, duration_cast<nanoseconds>(enough)));
}

BurstPlan plan_of(const LoadWorkload& load, const load::Step& step, double capacity,
                  std::uint64_t seed) {
  const load::Profile& profile = load.profile;
  BurstPlan plan{.loop = profile.loop, .length = step.length, .seed = seed};
  if (profile.loop == Loop::open) plan.rate = capacity * step.percent_of_capacity / 100.0;
  const double rate = profile.loop == Loop::open ? plan.rate : capacity;
  if (profile.purpose == load::Purpose::comparison) {
    plan.length = length_of(step, rate, std::max(kEnoughRequests, load.requests));
  }
  return plan;
}

std::string label_of(const load::Profile& profile, double rate) {
  return profile.loop == Loop::closed
             ? fmt::format("closed loop, {} connections", profile.connections)
             : fmt::format("open loop, {:.0f} requests/s", rate);
}

tl::expected<void, ProcessFailure> check_answers(const BurstTaken& burst) {
  if (burst.requests == 0) return failed("the server answered no request");
  if (burst.errors < burst.requests) return {};
  return failed("no answer is right: " + burst.error);
}

}  // namespace

double seconds_of(const LoadWorkload& load) {
  constexpr double kStart = 0.1;
  double seconds = kStart / load.fresh_every_blocks;
  for (const load::Step& step : load.profile.steps) {
    seconds += std::chrono::duration<double>(step.length).count();
  }
  return seconds;
}

tl::expected<LoadDriver::Side, ProcessFailure> LoadDriver::start(const LoadWorkload& load,
                                                                 const ProgramOptions& options) {
  service::ServerSpec spec = load.server;
  spec.environment = options.environment;
  spec.folder = options.working_directory;
  spec.cpus = server_cpus_;
  spec.interrupt = interrupt_;
  auto server = service::Server::start(spec);
  if (!server) {
    const bool interrupted = server.error().code == ErrorCode::interrupted;
    return tl::unexpected{ProcessFailure{interrupted ? Status::not_measured : Status::crashed,
                                         server.error().message}};
  }
  const auto program = os::find_own_program("pulsebench-load");
  if (!program) return failed(program.error().message);
  PB_TRY(auto generator, LoadChild::start(*program, {}, interrupt_));
  load::Target target = load.target;
  auto address = server->address(load.address);
  if (!address) return failed(address.error().message);
  target.address = *std::move(address);
  target.connections = load.profile.connections;
  PB_CHECK(generator.open({target}));
  Side side{.server = *std::move(server), .generator = std::move(generator)};
  PB_TRY(const auto warm, burst(side, {.length = kWarmUp}));
  PB_CHECK(check_answers(warm));
  return side;
}

void LoadDriver::end_passing() {
  std::erase_if(sides_, [](const auto& side) { return !grows_old(*side.first.first->load); });
}

tl::expected<LoadDriver::Side*, ProcessFailure> LoadDriver::side_of(
    const std::shared_ptr<const Workload>& workload, const ProgramOptions& options,
    std::size_t number) {
  const LoadWorkload& load = *workload->load;
  const bool follows_another = std::ranges::any_of(sides_, [&](const auto& side) {
    const auto& [known, its_number] = side.first;
    return its_number == number && known != workload && !grows_old(*known->load);
  });
  if (follows_another) end_passing();
  const Key key{workload, number};
  auto found = sides_.find(key);
  if (found != sides_.end() && found->second.visits >= load.fresh_every_blocks) {
    const auto stopped = found->second.server.stop();
    sides_.erase(found);
    found = sides_.end();
    if (!stopped) return failed(stopped.error().message);
  }
  if (found == sides_.end()) {
    PB_TRY(auto started, start(load, options));
    found = sides_.emplace(key, std::move(started)).first;
  }
  return &found->second;
}

tl::expected<BurstTaken, ProcessFailure> LoadDriver::burst(Side& side, const BurstPlan& plan) {
  PB_TRY(auto taken, side.generator.burst({.target = 0, .plan = plan}));
  if (const auto alive = side.server.check(); !alive) {
    return tl::unexpected{ProcessFailure{Status::crashed, alive.error().message}};
  }
  return taken;
}

tl::expected<Batching, ProcessFailure> LoadDriver::find_capacity(
    const std::shared_ptr<const Workload>& workload, const ProgramOptions& options) {
  end_passing();
  LoadWorkload search = *workload->load;
  search.profile.loop = Loop::closed;
  search.profile.connections = kSearchConnections;
  PB_TRY(auto side, start(search, options));
  double capacity = 0.0;
  for (int i = 0; i < kSearchBursts; ++i) {
    PB_TRY(const auto taken, burst(side, {.length = kSearchBurst}));
    PB_CHECK(check_answers(taken));
    capacity = std::max(capacity, static_cast<double>(taken.requests) / taken.seconds);
  }
  return Batching{
      .operations = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::llround(capacity))),
      .slices = 1};
}

tl::expected<Visit, ProcessFailure> LoadDriver::visit(
    const std::shared_ptr<const Workload>& workload, const ProgramOptions& options,
    std::size_t number, const Batching& batching, int launch) {
  PB_TRY(Side* const side, side_of(workload, options, number));
  const LoadWorkload& load = *workload->load;
  const double capacity = static_cast<double>(batching.operations);
  const auto seed = static_cast<std::uint64_t>(launch);
  Visit visit{.operations = batching.operations, .slices = {}};
  ++side->visits;
  if (grows_old(load)) visit.age = os::seconds_since(side->started);
  tl::expected<void, ProcessFailure> taken;
  switch (load.profile.purpose) {
    case load::Purpose::answers:
    case load::Purpose::comparison:
    case load::Purpose::ageing:
      taken = compare(load, *side, capacity, seed, visit);
      break;
    case load::Purpose::limit:
      taken = find_limit(load, *side, capacity, seed, visit);
      break;
    case load::Purpose::recovery:
      taken = overload(load, *side, capacity, seed, visit);
      break;
  }
  if (!taken) return tl::unexpected{taken.error()};
  report(visit, "max_rss", {static_cast<double>(side->server.usage().peak_memory)});
  return visit;
}

tl::expected<void, ProcessFailure> LoadDriver::compare(const LoadWorkload& load, Side& side,
                                                       double capacity, std::uint64_t seed,
                                                       Visit& visit) {
  BurstPlan plan = plan_of(load, load.profile.steps.front(), capacity, seed);
  const bool has_p99 = load.profile.purpose != load::Purpose::answers;
  BurstTaken taken;
  double cpu_ns = 0.0;
  for (int left = kTriesInTime; left > 0; --left) {
    const std::uint64_t before = side.server.usage().cpu_ns;
    PB_TRY(taken, burst(side, plan));
    cpu_ns = static_cast<double>(side.server.usage().cpu_ns - before);
    const bool in_time = share_of(taken.late, taken) <= kMostLate;
    if (has_p99 && taken.requests < kFewestForP99) {  // a disturbance, or a slow server
      plan.length = std::min<nanoseconds>(2 * plan.length, kLongestBurst);
      if (left > 1) continue;
    }
    if (in_time) break;
    if (left > 1) continue;
    return tl::unexpected{ProcessFailure{
        Status::skipped,
        fmt::format("client too slow: it sent {:.1f} % of the requests late; use a lower rate or "
                    "another CPU",
                    100.0 * share_of(taken.late, taken))}};
  }
  PB_CHECK(check_answers(taken));
  visit.seconds = taken.seconds;
  visit.label = label_of(load.profile, plan.rate);
  if (load.profile.loop == Loop::closed) {
    report(visit, "request_time",
           taken.slices_ns.size() < 4 ? std::vector<double>{taken.request_ns()} : taken.slices_ns);
  }
  report(visit, "server_cpu", {cpu_ns / static_cast<double>(taken.requests)});
  report(visit, "p50", {taken.p50_ns});
  // Six requests of a burst decide its p99, so that it spreads more than the mean of all.
  if (taken.requests >= kFewestForP99) report(visit, "p99", {taken.p99_ns}, taken.mean_ns);
  report_errors(visit, taken.errors, taken.requests);
  return {};
}

/// Climbs the steps as long as the server keeps up.
tl::expected<void, ProcessFailure> LoadDriver::find_limit(const LoadWorkload& load, Side& side,
                                                          double capacity, std::uint64_t seed,
                                                          Visit& visit) {
  const double limit = load.p99_limit_ns.value_or(HUGE_VAL);
  double best = 0.0;
  BurstTaken taken;
  for (const load::Step& step : load.profile.steps) {
    PB_TRY(taken, burst(side, plan_of(load, step, capacity, seed)));
    visit.seconds += taken.seconds;
    if (taken.p99_ns > limit || share_of(taken.errors, taken) > kMostLost) break;
    best = static_cast<double>(taken.requests) / taken.seconds;
  }
  if (best == 0.0) {
    return failed(
        fmt::format("it does not keep its limit at the lowest rate: p99 is {:.2f} ms, "
                    "and {:.1f} % of the answers are wrong",
                    taken.p99_ns / 1e6, 100.0 * share_of(taken.errors, taken)));
  }
  visit.label = fmt::format("open loop, up to {:.0f} requests/s", best);
  report(visit, "max_rate", {best});
  return {};
}

/// A calm step, an overload, and calm again until the p99 is back.
tl::expected<void, ProcessFailure> LoadDriver::overload(const LoadWorkload& load, Side& side,
                                                        double capacity, std::uint64_t seed,
                                                        Visit& visit) {
  const auto& steps = load.profile.steps;
  PB_TRY(const auto calm, burst(side, plan_of(load, steps[0], capacity, seed)));
  PB_CHECK(check_answers(calm));
  PB_TRY(const auto spike, burst(side, plan_of(load, steps[1], capacity, seed + 1)));
  BurstPlan after = plan_of(load, steps[2], capacity, seed + 2);
  after.length = kRecoveryStep;
  double seconds = 0.0;
  std::uint64_t errors = calm.errors + spike.errors;
  std::uint64_t requests = calm.requests + spike.requests;
  const double longest = std::chrono::duration<double>(steps[2].length).count();
  for (bool back = false; !back && seconds < longest; ++after.seed) {
    PB_TRY(const auto taken, burst(side, after));
    seconds += taken.seconds;
    errors += taken.errors;
    requests += taken.requests;
    back = taken.p99_ns <= kRecovered * calm.p99_ns && taken.errors == 0;
  }
  visit.seconds = calm.seconds + spike.seconds + seconds;
  visit.label = label_of(load.profile, after.rate);
  report(visit, "recovery", {seconds * 1e9});
  report_errors(visit, errors, requests);
  return {};
}

}  // namespace pulsebench::run
