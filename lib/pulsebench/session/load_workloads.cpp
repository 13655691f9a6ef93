#include "pulsebench/session/load_workloads.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/run/load_driver.hpp"
#include "pulsebench/vocabulary/nearest.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

using load::Purpose;

constexpr std::size_t kMostBody = std::size_t{1} << 20U;
/// No error in 3 / rate requests shows the rate at 0.95; so many launches share them.
constexpr double kFewestToShow = 3.0;
constexpr double kFewestLoadLaunches = 8.0;
constexpr int kOneStart = 100'000;  // more blocks than any run has

struct Signal {
  std::string_view name;
  int number;
};
constexpr std::array kSignals{Signal{"TERM", SIGTERM}, Signal{"INT", SIGINT},
                              Signal{"QUIT", SIGQUIT}, Signal{"HUP", SIGHUP},
                              Signal{"USR1", SIGUSR1}, Signal{"USR2", SIGUSR2},
                              Signal{"KILL", SIGKILL}};

Result<load::Profile> profile_of(const std::string& name) {
  if (auto profile = load::profile_named(name)) return *std::move(profile);
  std::vector<std::string_view> known;
  for (const auto& one : load::profiles()) known.push_back(one.name);
  const auto near = nearest(name, known);
  return fail(
      ErrorCode::bad_input,
      fmt::format("no profile '{}'; there are {}{}", printable(name), fmt::join(known, ", "),
                  near ? fmt::format("; did you mean {}?", *near) : ""));
}

Result<int> signal_of(const std::string& name) {
  const std::string_view plain = std::string_view{name}.substr(name.rfind("SIG", 0) == 0 ? 3 : 0);
  const auto found = std::ranges::find(kSignals, plain, &Signal::name);
  if (found != kSignals.end()) return found->number;
  return fail(ErrorCode::bad_input,
              fmt::format("no signal '{}' to stop a server; there are TERM, INT, QUIT, HUP, USR1, "
                          "USR2, KILL",
                          printable(name)));
}

/// The metrics of a workload that a profile has.
bool has_metric(const load::Profile& profile, std::string_view metric) {
  const bool sustained =
      profile.purpose == Purpose::comparison || profile.purpose == Purpose::ageing;
  if (metric == "max_rss") return true;
  if (metric == "max_rate") return profile.purpose == Purpose::limit;
  if (metric == "recovery") return profile.purpose == Purpose::recovery;
  if (metric == "errors") return profile.purpose != Purpose::limit;
  if (metric == "request_time") return sustained && profile.loop == load::Loop::closed;
  return sustained;
}

Result<service::ServerSpec> server_of(const config::WorkloadEntry& entry, const std::string& name,
                                      const Values& values, const WorkloadPlace& place,
                                      const std::vector<std::string>& arguments) {
  const config::LoadEntry& load = entry.load;
  PB_TRY(const auto program, filled(entry.command.front(), values));
  PB_TRY(const auto executable, program_named(program, place.root));
  service::ServerSpec server;
  server.name = name;
  server.command = arguments;
  server.command.insert(server.command.begin(), executable.string());
  PB_TRY(server.ready, service::parse_readiness(load.ready));
  server.ready_within = load.ready_within;
  PB_TRY(server.stop_signal, signal_of(load.stop_signal));
  server.stop_within = load.stop_within;
  server.logs = place.root / ".pulsebench" / "logs";
  return server;
}

Result<load::Target> target_of(const config::LoadEntry& entry, const Values& values,
                               const WorkloadPlace& place) {
  load::Target target;
  target.request = {
      .method = entry.method, .path = {}, .headers = entry.headers, .body = entry.body};
  PB_TRY(target.request.path, filled(entry.path, values));
  if (!entry.body_file.empty()) {
    PB_TRY(const auto file, filled(entry.body_file, values));
    PB_TRY(target.request.body, os::read_file(place.root / file, 0, kMostBody));
  }
  target.status = entry.status;
  target.body_contains = entry.body_contains;
  PB_CHECK(load::request_text(target.request, "localhost"));  // refused before a server is started
  return target;
}

}  // namespace

Result<std::vector<run::Suite>> load_suites(const config::WorkloadEntry& entry,
                                            const std::string& name, const Values& values,
                                            const WorkloadPlace& place,
                                            const config::Config& config) {
  const config::LoadEntry& load = entry.load;
  PB_TRY(const auto options, options_of(entry, values, place));
  PB_TRY(const auto server, server_of(entry, name, values, place, options.arguments));
  PB_TRY(const auto target, target_of(load, values, place));
  std::vector<run::Suite> suites;
  for (const std::string& profile_name : load.profiles) {
    PB_TRY(auto profile, profile_of(profile_name));
    if (profile.purpose == Purpose::limit && !load.p99_ms) {
      return fail(ErrorCode::bad_input,
                  "the profile 'stress' finds the highest rate that keeps the limit of the p99; "
                  "set targets.p99_ms");
    }
    auto workload = std::make_shared<run::Workload>();
    const bool ages = profile.purpose == Purpose::ageing;
    workload->load = std::make_shared<const run::LoadWorkload>(run::LoadWorkload{
        .server = server,
        .address = load.address.empty() ? server.ready.address : load.address,
        .target = target,
        .profile = profile,
        .fresh_every_blocks = ages ? kOneStart : load.fresh_every_blocks,
        .requests = load.error_rate ? kFewestToShow / *load.error_rate / kFewestLoadLaunches : 0.0,
        .p99_limit_ns = load.p99_ms ? std::optional{*load.p99_ms * 1e6} : std::nullopt});
    config::WorkloadEntry measured = entry;
    std::erase_if(measured.metrics, [&](const config::MetricEntry& figure) {
      return !has_metric(profile, figure.metric.name);
    });
    for (const auto& figure : measured.metrics) workload->metrics.push_back({figure.metric, 1.0});
    run::Suite suite{.executable = server.command.front(),
                     .options = options,
                     .driver = run::Driver::report,
                     .name = name + "/" + profile_name,
                     .build = {{"driver", "load"}, {"loop", std::string{name_of(profile.loop)}}},
                     .benchmarks = {},
                     .native_names = {},
                     .workload = std::move(workload)};
    add_benchmarks(measured, config, suite);
    if (!suite.benchmarks.empty()) suites.push_back(std::move(suite));
  }
  return suites;
}

}  // namespace pulsebench::session
