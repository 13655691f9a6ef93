#include "pulsebench/session/profile_cpu.hpp"

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include "pulsebench/run/workload.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/profile_workload.hpp"
#include "pulsebench/session/programs.hpp"
#include "pulsebench/session/sampled_launches.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/tuned_machine.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

constexpr double kSeconds = 3.0;
constexpr int kLaunches = 8;  // of processes: the intervals are those over processes

/// `bad_input` where no benchmark has that id, or matches it.
Result<void> check_named(const std::vector<run::Suite>& suites, const std::string& text) {
  std::vector<std::string> ids;
  for (const run::Suite& suite : suites) {
    for (const BenchmarkInfo& info : suite.benchmarks) ids.push_back(info.id.text());
  }
  if (std::find(ids.begin(), ids.end(), text) != ids.end()) return {};
  PB_TRY(const auto& expression, compile_filter(text));
  const bool any = std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    return expression && std::regex_search(id, *expression);
  });
  if (any) return {};
  return fail(ErrorCode::bad_input,
              "no benchmark matches '" + printable(text) + "'; pulsebench run --list names all");
}

/// The id to look for: a metric of the workload of that name, or of the only one that matches, as
/// one launch measures all metrics of a workload.
Result<std::string> id_of(const std::vector<run::Suite>& suites, const std::string& text,
                          const config::Config& config) {
  for (const run::Suite& suite : suites) {
    if (suite.workload != nullptr && suite.name == text) {
      return suite.benchmarks.front().id.text();
    }
  }
  PB_TRY(const auto matching, select(suites, Selection{.filter = text}, config));
  const bool of_a_workload = matching.front().sides.front().workload != nullptr;
  if (of_a_workload && run::launch_groups(matching).size() == 1) {
    return matching.front().info.id.text();
  }
  return benchmark_of(suites, Selection{.filter = text}, config);
}

}  // namespace

Result<run::Subject> find_profiled(const Session& session, const ProfileCpuRequest& request) {
  PB_TRY(const auto suites, open_programs(session, request.executables, request.options));
  PB_CHECK(check_named(suites, request.benchmark));
  const config::Config& config = session.workspace.config;
  PB_TRY(const auto& id, id_of(suites, request.benchmark, config));
  PB_TRY(auto subjects, select(suites, Selection{.filter = pattern_of(id)}, config));
  if (request.by_timer && !samples_itself(subjects.front().sides.front())) {
    return fail(ErrorCode::bad_input,
                "--timer samples suites of pulsebench alone, and benchmarks with one thread; '" +
                    printable(id) + "' needs perf events");
  }
  return std::move(subjects.front());
}

Result<profile::CpuProfile> profile_cpu(const Session& session, const ProfileCpuRequest& request) {
  PB_TRY(const auto placement, place(session.environment.machine, request.cpus));
  PB_TRY(const auto subject, find_profiled(session, request));
  if (subject.sides.front().workload) return profile_workload(session, request, subject);
  const std::string& id = subject.info.id.text();
  const TunedMachine machine{session, placement, request.no_tune};
  const double launch_seconds = request.seconds.value_or(kSeconds) / kLaunches;
  const auto sampling =
      sampling_for(subject.sides.front(), launch_seconds, session.workspace.config.sampling);
  run::Launcher launcher{plan::Occasion::launch, sampling, machine.cpus(),
                         machine.process_settings(), machine.interrupt()};
  PB_TRY(auto sampled, SampledLaunches::make(launcher, {.cpus = machine.cpus().thread_cpus,
                                                        .launch_seconds = launch_seconds,
                                                        .rate = request.rate,
                                                        .by_timer = chooses_timer(
                                                            session, request.by_timer, request.rate,
                                                            subject.sides.front()),
                                                        .addresses_in = request.addresses_in}));
  PB_TRY(const Batching batching, sampled.calibrate(subject.sides.front(), id));
  return take_launches(session, machine.interrupt(), kLaunches, "processes", {.benchmark = id},
                       [&](int number, profile::CpuProfile& profile) {
                         return sampled.add(subject.sides.front(), id, batching, number, profile);
                       });
}

}  // namespace pulsebench::session
