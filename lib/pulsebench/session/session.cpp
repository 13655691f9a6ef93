#include "pulsebench/session/session.hpp"

#include <fmt/chrono.h>

#include <ctime>
#include <random>
#include <system_error>

#include "pulsebench/baseline/kind.hpp"
#include "pulsebench/config/benchmark_rule.hpp"
#include "pulsebench/config/load.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/machine/hardware_class.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

Result<fs::path> root_of(const std::optional<std::string>& asked) {
  std::error_code error;
  if (asked) {
    fs::path root = fs::canonical(*asked, error);
    if (error || !fs::is_directory(root, error)) {
      return fail(ErrorCode::bad_input,
                  "--root '" + printable(*asked) + "' is not a folder; give the project root");
    }
    return root;
  }
  const fs::path here = fs::current_path(error);
  if (error) return fail(ErrorCode::io, "the current folder no longer exists; change to another");
  return config::find_root(here).value_or(here);
}

}  // namespace

Result<void> check_own_folder(const Session& session) {
  const fs::path& root = session.workspace.root;
  auto plain = session.workspace.store.check_own_folders();
  // One that cannot be looked at is an error of the caller that needs it.
  if (!plain && plain.error().code == ErrorCode::bad_input) return plain;
  const fs::path own = root / ".pulsebench";
  std::error_code error;
  if (fs::symlink_status(own, error).type() == fs::file_type::not_found) return {};
  if (!machine::may_be_in_repository(root)) return {};
  const auto git = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"-c", "safe.directory=*"});  // of any owner: it is only read
    return machine::run_git(root, words,
                            {.environment = {"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none"}});
  };
  const auto tracked = git({"ls-files", "--", ".pulsebench"});
  if (tracked ? tracked->empty() : tracked.error().code == ErrorCode::not_found) return {};
  if (!tracked && !git({"rev-parse", "--is-inside-work-tree"})) {
    session.notice("warning: git cannot say whether " + printable(own.string()) +
                   " is of the repository: " + tracked.error().message);
    return {};
  }
  return fail(ErrorCode::bad_input,
              printable(own.string()) +
                  (tracked ? " is tracked by git, and what came with a repository is not used"
                           : " may be tracked by git: " + tracked.error().message) +
                  "; untrack it with git rm -r --cached .pulsebench, and remove it unless you "
                  "measured it here");
}

Result<Workspace> open_workspace(const std::optional<std::string>& asked,
                                 const machine::Roots& machine) {
  PB_TRY(const fs::path root, root_of(asked));
  PB_TRY(auto config, config::load_config(root));
  PB_TRY(auto targets, config::load_targets(root, machine::hardware_class(machine)));
  return Workspace{
      .root = root,
      .config = std::move(config),
      .targets = std::move(targets),
      .store = baseline::Store{
          root, [machine] { return baseline::kind_of(machine::fingerprint(machine)); }}};
}

fs::path suites_beside_this_executable() {
  const auto self = os::this_executable();
  return self ? self->parent_path() / "suites" : fs::path{};
}

std::string Workspace::config_file() const {
  const std::string file = config.file.empty() ? config::kConfigFiles.front() : config.file;
  return printable((root / file).string());
}

std::string Workspace::project() const {
  return config.project.empty() ? printable(root.filename().string(), 60) : config.project;
}

Result<std::vector<run::Suite>> Session::open_suites(
    const std::vector<run::Program>& programs) const {
  const config::Config& config = workspace.config;
  PB_TRY(auto suites, environment.open_suites(programs, config.sampling.launch_limit));
  for (run::Suite& suite : suites) {
    for (BenchmarkInfo& info : suite.benchmarks) {
      const config::BenchmarkRule* rule = config::rule_for(info.id.text(), config);
      if (rule != nullptr && rule->tier) {
        info.tier = *rule->tier;
        info.tier_declared = true;
      } else if (!info.tier_declared) {
        info.tier = config.default_tier;
      }
    }
  }
  return suites;
}

std::uint64_t draw_seed() { return std::random_device{}(); }

std::string today() { return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr))); }

}  // namespace pulsebench::session
