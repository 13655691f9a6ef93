#include "pulsebench/session/sides.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <system_error>

#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/programs.hpp"
#include "pulsebench/session/revisions.hpp"
#include "pulsebench/session/workloads.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

/// The programs that a path of the user names.
Result<std::vector<run::Program>> programs_behind(const std::string& text,
                                                  const Workspace& workspace) {
  std::error_code ignored;
  const fs::path path = fs::absolute(text, ignored);  // as it is named: a program may look at that
  if (fs::is_regular_file(path, ignored)) return std::vector{program_at(path, workspace)};
  const fs::path built = path / "bin" / "suites";
  const auto measured_whole =
      workload_programs(workspace.config, {.root = workspace.root, .build = path});
  std::vector<run::Program> programs;
  bool any = false;
  for (const auto& file : run::executables_in(fs::is_directory(built, ignored) ? built : path)) {
    any = true;
    if (!measured_whole.contains(file)) programs.push_back(program_at(file, workspace));
  }
  if (any) return programs;
  return fail(ErrorCode::not_found,
              "'" + printable(text) + "' has no executables, nor has bin/suites below it");
}

bool is_path(const std::string& text) {
  std::error_code ignored;
  return fs::is_regular_file(text, ignored) || fs::is_directory(text, ignored);
}

std::string named(const std::string& commit) { return "commit " + commit.substr(0, 12); }

/// A commit to build, and what the report calls it.
struct Revision {
  std::string name, commit, origin;
};

Result<SideSuites> open_revision(const Revision& revision, const run::ProgramOptions& added,
                                 const Session& session) {
  PB_TRY(RevisionBuild build, build_commit(revision.name, revision.commit, session));
  add_options(build.programs, added);
  PB_TRY(auto suites, session.open_suites(build.programs));
  PB_TRY(auto workloads, open_built_workloads(session, build.folder, Skipped::named));
  for (run::Suite& workload : workloads) {
    if (!build.libraries.empty()) workload.options.environment.push_back(build.libraries);
    suites.push_back(std::move(workload));
  }
  return SideSuites{.name = revision.name,
                    .commit = revision.commit,
                    .origin = revision.origin,
                    .suites = std::move(suites)};
}

Result<Revision> find_revision(const std::string& text, const Session& session) {
  PB_TRY(const auto& commit, commit_of(text, session.workspace.root));
  return Revision{.name = text, .commit = commit, .origin = named(commit)};
}

Result<Revision> find_working_tree(const Session& session) {
  PB_TRY(const Snapshot tree, take_snapshot(session));
  return Revision{.name = compare::kWorkingTree,
                  .commit = tree.commit,
                  .origin = tree.commit == tree.head ? named(tree.head) + ", nothing uncommitted"
                                                     : "uncommitted changes on " +
                                                           named(tree.head) + ", built in a copy"};
}

Result<Revision> find_fork_point(const std::string& old_text, const std::string& new_text,
                                 const Session& session) {
  for (const std::string& text : {old_text, new_text}) {
    if (!is_path(text) || commit_of(text, session.workspace.root)) continue;
    return fail(ErrorCode::bad_input, "--merge-base needs git revisions, and '" + printable(text) +
                                          "' is a file or a folder");
  }
  const std::string other = new_text.empty() ? "HEAD" : new_text;
  PB_TRY(const auto& commit, fork_point(old_text, other, session.workspace.root));
  return Revision{.name = old_text,
                  .commit = commit,
                  .origin = "where " + printable(other, 100) + " forked, " + named(commit)};
}

}  // namespace

Result<SideSuites> open_side(const std::string& text, const run::ProgramOptions& added,
                             const Session& session) {
  if (!is_path(text)) {
    PB_TRY(const Revision revision, find_revision(text, session));
    return open_revision(revision, added, session);
  }
  PB_TRY(auto programs, programs_behind(text, session.workspace));
  add_options(programs, added);
  PB_TRY(auto suites, session.open_suites(programs));
  std::error_code ignored;
  const fs::path folder = fs::absolute(text, ignored);
  if (fs::is_directory(folder, ignored)) {
    PB_TRY(auto workloads, open_built_workloads(session, folder, Skipped::unsaid));
    std::ranges::move(workloads, std::back_inserter(suites));
  }
  return SideSuites{.name = text, .commit = {}, .origin = {}, .suites = std::move(suites)};
}

Result<BothSides> open_sides(const std::string& old_text, const std::string& new_text,
                             bool merge_base, const run::ProgramOptions& added,
                             const Session& session) {
  std::optional<Revision> old_revision, new_revision;
  if (merge_base) {
    PB_TRY(old_revision, find_fork_point(old_text, new_text, session));
    if (!new_text.empty()) {
      PB_TRY(new_revision, find_revision(new_text, session));
    }
  }
  if (new_text.empty()) {
    if (!old_revision) {  // before anything is built; a folder of the same name is not meant
      auto found = find_revision(old_text, session);
      if (!found && is_path(old_text)) {
        return fail(ErrorCode::bad_input,
                    "'" + printable(old_text) +
                        "' is not a git revision, with which the working tree could be compared; "
                        "name the new side, too");
      }
      PB_TRY(old_revision, std::move(found));
    }
    PB_TRY(new_revision, find_working_tree(session));
  }
  const auto open = [&](const std::optional<Revision>& revision, const std::string& text) {
    return revision ? open_revision(*revision, added, session) : open_side(text, added, session);
  };
  PB_TRY(auto old_side, open(old_revision, old_text));
  PB_TRY(auto new_side, open(new_revision, new_text));
  return BothSides{.old_side = std::move(old_side), .new_side = std::move(new_side)};
}

std::map<BenchmarkId, std::string> executable_sums(const SideSuites& side) {
  std::map<BenchmarkId, std::string> sums;
  for (const run::Suite& suite : side.suites) {
    const std::string sum = os::sha256_of_file(suite.executable).value_or("");
    for (const BenchmarkInfo& info : suite.benchmarks) sums.emplace(info.id, sum);
  }
  return sums;
}

}  // namespace pulsebench::session
