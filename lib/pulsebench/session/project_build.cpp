#include "pulsebench/session/project_build.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>

#include <fmt/format.h>

#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::minutes kLongestBuild{60};
constexpr std::size_t kLastLines = 10;

}  // namespace

Result<double> build_project(const Session& session) {
  const Workspace& workspace = session.workspace;
  const std::string& command = workspace.config.build.command;
  if (command.empty()) {
    session.notice(workspace.config_file() + " has no build.command: nothing is built");
    return 0.0;
  }
  PB_CHECK(check_own_folder(session));
  const run::Interrupt interrupt;
  const fs::path log = workspace.root / ".pulsebench" / "build.log";
  std::error_code ignored;
  fs::create_directories(log.parent_path(), ignored);
  session.notice("building: " + printable(command));
  const auto start = std::chrono::steady_clock::now();
  const auto built = os::run_process({.argv = {"/bin/sh", "-c", command},
                                      .environment = machine::repository_variables(),
                                      .limit = kLongestBuild,
                                      .folder = workspace.root,
                                      .log = log,
                                      .interrupt = interrupt.descriptor()});
  if (!built && built.error().code == ErrorCode::interrupted) {
    return interrupted_build("the build", interrupt.signal());
  }
  if (built && built->exit_code == 0) return os::seconds_since(start);
  note_end_of(log, session);
  return fail(
      ErrorCode::build_failed,
      fmt::format("the build failed{}; build.command in {} is '{}', and its output is in {}",
                  built ? fmt::format(" with exit code {}", built->exit_code)
                        : ": " + built.error().message,
                  workspace.config_file(), printable(command), printable(log.string())));
}

Failure interrupted_build(const std::string& what, int signal) {
  return fail(error_code_of_signal(signal), what + " was interrupted");
}

void note_end_of(const fs::path& log, const Session& session) {
  const auto text = os::read_file(log);
  if (!text) return;
  auto lines = split(*text, '\n');
  if (lines.back().empty()) lines.pop_back();
  const std::size_t first = lines.size() - std::min(lines.size(), kLastLines);
  for (std::size_t i = first; i < lines.size(); ++i) session.notice("  " + printable(lines[i]));
}

}  // namespace pulsebench::session
