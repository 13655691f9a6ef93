#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/config/config.hpp"
#include "pulsebench/machine/roots.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/paired_run.hpp"
#include "pulsebench/run/suite.hpp"

/// What each command does, as a function from a request to a result. Nothing here reads a command
/// line or draws a report.
namespace pulsebench::session {

struct Session;

/// The project that a command works in: its folder, its settings, its results.
struct Workspace {
  std::filesystem::path root;
  config::Config config;
  config::Targets targets;
  baseline::Store store;

  /// The file of the configuration, as messages name it.
  [[nodiscard]] std::string config_file() const;
  /// The name that its titles carry: the configured one, or that of its folder.
  [[nodiscard]] std::string project() const;
};

/// The project in folder `root`; without it, in the nearest folder upward with a configuration, or
/// else in the current one. `machine` chooses among baselines and targets. `bad_input` where `root`
/// is not a folder, or a file of the configuration is wrong.
[[nodiscard]] Result<Workspace> open_workspace(const std::optional<std::string>& root,
                                               const machine::Roots& machine = {});

/// `bad_input` where a folder that is ours is a link or another user's, or where git tracks a file
/// of
/// `.pulsebench`: what a repository brings there is neither read nor started. Where git cannot be
/// asked, a notice says so.
[[nodiscard]] Result<void> check_own_folder(const Session& session);

/// Called between launches. `unit` is what is counted, such as "launches".
using Progress = std::function<void(const run::Progress& now, std::string_view unit)>;

/// The folder `suites` beside the running executable; empty where that is not known.
[[nodiscard]] std::filesystem::path suites_beside_this_executable();

/// What a session reaches outside the folder of its project. Tests replace the parts that start
/// processes, and the machine.
struct Environment {
  /// Suites of the same build as this program. In the project that both were built in they are
  /// preferred to the configured ones.
  std::filesystem::path built_suites = suites_beside_this_executable();
  machine::Roots machine{};  ///< whose facts are recorded
  machine::Roots tuned{};    ///< whose settings are changed
  std::function<Result<std::vector<run::Suite>>(const std::vector<run::Program>&,
                                                std::chrono::milliseconds)>
      open_suites = run::open_suites;
  std::function<run::Measurement(std::vector<run::Subject>, std::size_t, const run::Settings&,
                                 const run::Interrupt&,
                                 const std::function<void(const run::Progress&)>&)>
      measure = run::measure;
  std::function<run::PairedRun(std::vector<run::Subject>, const run::PairedRunSettings&,
                               const run::Interrupt&, const run::Judge&,
                               const std::function<void(const run::Progress&)>&)>
      run_paired = run::run_paired;
};

struct Session {
  Workspace workspace;
  Environment environment{};
  std::function<void(const std::string& line)> on_notice{};  ///< for the user, one line each
  Progress on_progress{};
  /// Called with each verdict that is taken while others are still measured.
  std::function<void(const compare::Judged& judged)> on_verdict{};
  /// Called where a setting of the machine is not restored; notices say which.
  std::function<void()> on_not_restored{};

  void notice(const std::string& line) const {
    if (on_notice) on_notice(line);
  }

  void tell(const compare::Judged& judged) const {
    if (on_verdict) on_verdict(judged);
  }

  /// The progress of `run` in `unit`, which outlives it.
  [[nodiscard]] std::function<void(const run::Progress&)> progress(std::string_view unit) const {
    return [this, unit](const run::Progress& now) {
      if (on_progress) on_progress(now, unit);
    };
  }

  /// The suites to run: `executables` where there are any; else, in the project of this program,
  /// those built with it; else those that the configuration names. `not_found` where there are
  /// none, or an entry of the configuration names nothing.
  [[nodiscard]] Result<std::vector<run::Program>> find_suites(
      const std::vector<std::string>& executables) const;

  /// The suites behind these programs. Each benchmark has the tier that the configuration gives it,
  /// else its own, else the default.
  [[nodiscard]] Result<std::vector<run::Suite>> open_suites(
      const std::vector<run::Program>& programs) const;
};

/// A seed where the request names none: 32 bits, short enough to be typed.
[[nodiscard]] std::uint64_t draw_seed();

/// Today's date as YYYY-MM-DD, UTC.
[[nodiscard]] std::string today();

}  // namespace pulsebench::session
