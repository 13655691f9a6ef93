#include "pulsebench/session/workloads.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/session/load_workloads.hpp"
#include "pulsebench/session/workload_words.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

bool is_of_a_build(const std::string& word) { return word.starts_with("{build}/"); }

/// Every combination of the values of the parameters, in order, each with the place of the build.
std::vector<Values> combinations_of(const config::WorkloadEntry& entry,
                                    const WorkloadPlace& place) {
  std::vector<Values> combinations{{{"build", place.build.string()}}};
  for (const auto& [name, values] : entry.parameters) {
    std::vector<Values> longer;
    for (const Values& before : combinations) {
      for (const std::string& value : values) {
        longer.push_back(before);
        longer.back().emplace(name, value);
      }
    }
    combinations = std::move(longer);
  }
  return combinations;
}

std::string name_with(const config::WorkloadEntry& entry, const Values& values) {
  std::string name = entry.name;
  for (const auto& [parameter, unused] : entry.parameters) {
    name += fmt::format("/{}:{}", parameter, values.at(parameter));
  }
  return name;
}

Result<run::Suite> suite_of(const config::WorkloadEntry& entry, const Values& values,
                            const WorkloadPlace& place, const config::Config& config) {
  PB_TRY(const auto& program, filled(entry.command.front(), values));
  PB_TRY(const auto& executable, program_named(program, place.root));
  PB_TRY(auto options, options_of(entry, values, place));
  auto workload = std::make_shared<run::Workload>();
  workload->exit_code = entry.exit_code;
  for (const config::MetricEntry& figure : entry.metrics) {
    workload->metrics.push_back({.metric = figure.metric, .scale = figure.scale});
  }
  const bool metered = entry.kind == config::WorkloadKind::command;
  if (metered) {
    PB_TRY(workload->meter, os::find_own_program("pulsebench-meter"));
  }
  run::Suite suite{.executable = executable,
                   .options = std::move(options),
                   .driver = run::Driver::report,
                   .name = name_with(entry, values),
                   .build = {{"driver", metered ? "command" : "report"}},
                   .benchmarks = {},
                   .native_names = {},
                   .workload = std::move(workload)};
  add_benchmarks(entry, config, suite);
  return suite;
}

/// One suite, or one for each profile of load.
Result<std::vector<run::Suite>> suites_with(const config::WorkloadEntry& entry,
                                            const Values& values, const WorkloadPlace& place,
                                            const config::Config& config) {
  if (entry.kind == config::WorkloadKind::load) {
    return load_suites(entry, name_with(entry, values), values, place, config);
  }
  PB_TRY(auto suite, suite_of(entry, values, place, config));
  return std::vector{std::move(suite)};
}

/// Adds the files of the build that `word` names, for each combination of the parameters.
void add_files_of(const config::WorkloadEntry& entry, const std::string& word,
                  const WorkloadPlace& place, std::set<fs::path>& files) {
  if (!is_of_a_build(word)) return;
  for (const Values& values : combinations_of(entry, place)) {
    const auto path = filled(word, values);
    std::error_code ignored;
    if (path && fs::is_regular_file(*path, ignored)) {
      files.insert(fs::path{*path}.lexically_normal());
    }
  }
}

/// The first file that the workload needs and that is not there.
std::string missing_of(const config::WorkloadEntry& entry, const WorkloadPlace& place) {
  const Values values{{"build", place.build.string()}};
  for (const std::string& need : entry.needs) {
    const auto file = filled(need, values);
    std::error_code ignored;
    if (!file || !fs::exists(place.root / *file, ignored)) return file.value_or(need);
  }
  return {};
}

std::string named(const config::WorkloadEntry& entry) {
  return "workload '" + printable(entry.name, 100) + "': ";
}

/// Says that it is not measured, and how it could be.
void skip(const Session& session, const config::WorkloadEntry& entry, const std::string& why) {
  const std::string remedy =
      entry.needed.empty() ? "" : "; it requires " + printable(entry.needed, 200);
  session.notice("skipped: " + named(entry) + why + remedy);
}

/// Adds the suites of the entry; returns why, where a part of it is not there.
Result<std::string> add_suites(const config::WorkloadEntry& entry, const WorkloadPlace& place,
                               const config::Config& config, std::vector<run::Suite>& suites) {
  auto opened = suites_of(entry, place, config);
  if (!opened && opened.error().code == ErrorCode::not_found) return opened.error().message;
  if (!opened) return fail(opened.error().code, named(entry) + opened.error().message);
  std::ranges::move(*opened, std::back_inserter(suites));
  return std::string{};
}

}  // namespace

Result<std::vector<run::Suite>> suites_of(const config::WorkloadEntry& entry,
                                          const WorkloadPlace& place,
                                          const config::Config& config) {
  std::vector<run::Suite> suites;
  for (const Values& values : combinations_of(entry, place)) {
    PB_TRY(auto opened, suites_with(entry, values, place, config));
    std::ranges::move(opened, std::back_inserter(suites));
  }
  return suites;
}

Result<std::vector<run::Suite>> open_workloads(const Session& session, const WorkloadPlace& place) {
  const config::Config& config = session.workspace.config;
  std::vector<run::Suite> suites;
  for (const config::WorkloadEntry& entry : config.workloads) {
    if (const std::string missing = missing_of(entry, place); !missing.empty()) {
      skip(session, entry, "'" + printable(missing, 200) + "' is not there");
      continue;
    }
    PB_TRY(const auto& why, add_suites(entry, place, config, suites));
    if (why.empty()) continue;
    if (entry.needed.empty()) return fail(ErrorCode::not_found, named(entry) + why);
    skip(session, entry, why);
  }
  return suites;
}

Result<std::vector<run::Suite>> open_built_workloads(const Session& session, const fs::path& build,
                                                     Skipped skipped) {
  const Workspace& workspace = session.workspace;
  const WorkloadPlace place{.root = workspace.root, .build = build};
  std::vector<run::Suite> suites;
  for (const config::WorkloadEntry& entry : workspace.config.workloads) {
    if (std::ranges::none_of(entry.command, is_of_a_build)) {
      if (skipped == Skipped::named) {
        skip(session, entry, "its command has no {build}, so both sides would be the same");
      }
      continue;
    }
    PB_TRY(const auto& why, add_suites(entry, place, workspace.config, suites));
    if (!why.empty() && skipped == Skipped::named) skip(session, entry, why);
  }
  return suites;
}

WorkloadPlace place_in(const fs::path& root, const config::Config& config) {
  const std::string& built = config.build.suites;
  return {.root = root, .build = built.empty() ? root : (root / built).lexically_normal()};
}

std::set<fs::path> workload_programs(const config::Config& config, const WorkloadPlace& place) {
  std::set<fs::path> programs;
  for (const config::WorkloadEntry& entry : config.workloads) {
    add_files_of(entry, entry.command.front(), place, programs);
  }
  return programs;
}

std::set<fs::path> built_files(const config::Config& config, const WorkloadPlace& place) {
  std::set<fs::path> files;
  for (const config::WorkloadEntry& entry : config.workloads) {
    for (const std::string& word : entry.command) add_files_of(entry, word, place, files);
  }
  return files;
}

}  // namespace pulsebench::session
