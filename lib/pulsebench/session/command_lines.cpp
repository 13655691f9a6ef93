#include "pulsebench/session/command_lines.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/session/programs.hpp"
#include "pulsebench/session/workloads.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

/// The workload of every command line, but for its words.
config::WorkloadEntry command_entry() {
  const auto usual = config::command_metrics().begin();
  return {.name = "command", .metrics = {usual, usual + config::kUsualCommandMetrics}};
}

}  // namespace

Result<run::Suite> open_command(const std::string& command, const Session& session) {
  const auto words = split_words(command);
  if (!words || words->empty()) {
    return fail(ErrorCode::bad_input, "--command '" + printable(command) + "' " +
                                          (words ? "is empty" : "has a quote without an end"));
  }
  config::WorkloadEntry entry = command_entry();
  entry.command = *words;
  std::error_code ignored;  // paths are the user's, and not the project's
  PB_TRY(auto suites, suites_of(entry, {.root = fs::current_path(ignored), .build = {}},
                                session.workspace.config));
  return std::move(suites.front());
}

Result<std::vector<run::Suite>> open_measured(const std::optional<std::string>& command,
                                              const std::vector<std::string>& executables,
                                              const run::ProgramOptions& added,
                                              const Session& session) {
  if (!command) return open_programs(session, executables, added);
  PB_TRY(auto suite, open_command(*command, session));
  return std::vector{std::move(suite)};
}

Result<BothSides> open_commands(const std::string& old_command, const std::string& new_command,
                                const Session& session) {
  BothSides sides;
  for (const auto& [side, text] :
       {std::pair{&sides.old_side, &old_command}, {&sides.new_side, &new_command}}) {
    PB_TRY(auto suite, open_command(*text, session));
    side->name = *text;
    side->suites.push_back(std::move(suite));
  }
  return sides;
}

void judge_commands(config::Config& config) {
  const config::WorkloadEntry entry = command_entry();
  const bool taken = std::ranges::find(config.workloads, entry.name,
                                       &config::WorkloadEntry::name) != config.workloads.end();
  if (taken) return;
  const auto rules = config::rules_of(entry);
  config.benchmarks.insert(config.benchmarks.begin(), rules.begin(), rules.end());
}

}  // namespace pulsebench::session
