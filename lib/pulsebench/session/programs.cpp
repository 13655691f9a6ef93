#include "pulsebench/session/programs.hpp"

#include <algorithm>
#include <system_error>

#include "pulsebench/config/load.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/glob.hpp"
#include "pulsebench/session/workloads.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kGlob = "*?[";

/// The executables that the entry `text` names, below `root`. Where there are none, `why` says so.
std::vector<fs::path> named_by(const std::string& text, const fs::path& root, std::string& why) {
  const fs::path path = root / text;
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  if (fs::is_directory(status)) {
    why = "has no executables";
    return run::executables_in(path);
  }
  if (fs::exists(status)) {
    why = "is not an executable file";
    return os::is_executable(path) ? std::vector{path} : std::vector<fs::path>{};
  }
  if (text.find_first_of(kGlob) == std::string::npos) {
    why = "does not exist";
    return {};
  }
  why = "matches no executable";
  auto found = os::matches(root, text);
  std::erase_if(found, [](const fs::path& match) { return !os::is_executable(match); });
  return found;
}

run::Program program_of(const fs::path& executable, const config::SuiteEntry& entry,
                        const fs::path& root) {
  run::Program program{.executable = executable,
                       .options = {.arguments = entry.arguments,
                                   .environment = entry.environment,
                                   .working_directory = {},
                                   .limit = entry.time_limit},
                       .tier = entry.tier};
  if (!entry.working_directory.empty()) {
    program.options.working_directory = (root / entry.working_directory).lexically_normal();
  }
  return program;
}

/// Whether the entry names `executable`, or all programs of its file name.
bool names(const config::SuiteEntry& entry, const fs::path& executable, const fs::path& root) {
  fs::path path = (root / entry.path).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // "build/"
  if (executable == path || executable.parent_path() == path) return true;
  return os::matches_name(path.filename().string(), executable.filename().string());
}

Result<std::vector<run::Program>> configured(const Workspace& workspace) {
  if (workspace.config.file.empty()) {
    return fail(ErrorCode::not_found, printable(workspace.root.string()) +
                                          " has no pulsebench.json that names its benchmarks; "
                                          "create one with pulsebench init, or name a program "
                                          "with --exe");
  }
  return programs_in(workspace.root, workspace.config.suites, workspace);
}

/// Says which suites are left out because what they are built with is not installed.
void note_missing(const Session& session, const std::vector<run::Program>& programs) {
  for (const config::SuiteEntry& entry : session.workspace.config.suites) {
    const bool found = std::ranges::any_of(programs, [&](const run::Program& program) {
      return names(entry, program.executable, session.workspace.root);
    });
    if (entry.needed.empty() || found) continue;
    session.notice("skipped: the suite '" + printable(entry.path) + "' is not built; it requires " +
                   printable(entry.needed));
  }
}

}  // namespace

bool is_named(const fs::path& executable, const std::vector<run::Program>& programs) {
  return std::ranges::find(programs, executable, &run::Program::executable) != programs.end();
}

Result<std::vector<run::Program>> programs_in(const fs::path& folder,
                                              std::span<const config::SuiteEntry> entries,
                                              const Workspace& workspace) {
  const std::string file = workspace.config_file();
  const bool may_be_none = !workspace.config.workloads.empty();
  if (entries.empty() && !may_be_none) {
    return fail(ErrorCode::not_found,
                file + " names no suites; add \"suites\", or name a program with --exe");
  }
  const auto measured_whole =
      workload_programs(workspace.config, place_in(folder, workspace.config));
  std::vector<run::Program> programs;
  for (const config::SuiteEntry& entry : entries) {
    std::string why;
    const auto executables = named_by(entry.path, folder, why);
    if (executables.empty() && !entry.needed.empty()) continue;
    if (executables.empty()) {
      return fail(ErrorCode::not_found, "the suite '" + printable(entry.path) + "' in " + file +
                                            " " + why + "; build it, or correct the entry");
    }
    for (const fs::path& executable : executables) {
      if (is_named(executable, programs) || measured_whole.contains(executable)) continue;
      programs.push_back(program_of(executable, entry, workspace.root));
    }
  }
  if (programs.empty() && !may_be_none) {
    return fail(ErrorCode::not_found, "no suite of " + file + " is built; build one");
  }
  return programs;
}

run::Program program_at(const fs::path& executable, const Workspace& workspace) {
  for (const config::SuiteEntry& entry : workspace.config.suites) {
    if (names(entry, executable, workspace.root)) {
      return program_of(executable, entry, workspace.root);
    }
  }
  return run::Program{.executable = executable};
}

void add_options(std::vector<run::Program>& programs, const run::ProgramOptions& added) {
  for (run::Program& program : programs) {
    auto& [arguments, environment, folder, limit] = program.options;
    arguments.insert(arguments.end(), added.arguments.begin(), added.arguments.end());
    environment.insert(environment.end(), added.environment.begin(), added.environment.end());
  }
}

Result<std::vector<run::Suite>> open_programs(const Session& session,
                                              const std::vector<std::string>& executables,
                                              const run::ProgramOptions& added) {
  PB_TRY(auto programs, session.find_suites(executables));
  add_options(programs, added);
  if (!executables.empty()) return session.open_suites(programs);
  note_missing(session, programs);
  PB_TRY(auto suites, session.open_suites(programs));
  const Workspace& workspace = session.workspace;
  PB_TRY(auto workloads, open_workloads(session, place_in(workspace.root, workspace.config)));
  std::ranges::move(workloads, std::back_inserter(suites));
  return suites;
}

Result<std::vector<run::Program>> Session::find_suites(
    const std::vector<std::string>& executables) const {
  std::vector<run::Program> programs;
  for (const std::string& executable : executables) {
    std::error_code error;
    const fs::path path = fs::canonical(executable, error);
    if (error) {
      return fail(ErrorCode::not_found,
                  "--exe '" + printable(executable) + "': " + error.message());
    }
    programs.push_back(program_at(path, workspace));
  }
  if (!programs.empty()) return programs;
  // Suites that were built with this program are measured in the project of both alone.
  const fs::path& built = environment.built_suites;
  if (config::find_root(built) == workspace.root) {
    for (const fs::path& path : run::executables_in(built)) {
      programs.push_back(program_at(path, workspace));
    }
  }
  return programs.empty() ? configured(workspace) : programs;
}

}  // namespace pulsebench::session
