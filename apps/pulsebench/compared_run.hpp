#pragma once

#include <optional>
#include <string>
#include <utility>

#include "output.hpp"
#include "pulsebench/session/compare.hpp"
#include "pulsebench/session/run.hpp"
#include "verdict_stream.hpp"

namespace pulsebench::app {

/// `run --compare`: the run that was just measured against a stored result.
class ComparedRun {
 public:
  /// Declares `--compare` and the options of the verdict, which need it.
  void declare(CLI::App& app);

  /// Which regressions are explained.
  [[nodiscard]] session::Explained& explained() { return request_.explain; }

  /// Returns true where a comparison is asked for.
  explicit operator bool() const { return !request_.base.empty(); }

  /// Compares with that result, whose envelope is known, where none is asked for.
  void compare_with(const std::string& base, baseline::Document envelope) {
    if (!request_.base.empty()) return;
    request_.base = base;
    envelope_ = std::move(envelope);
  }

  /// Checks, before anything is measured, that there will be something to compare with, and lets
  /// the run take its batch sizes from there.
  [[nodiscard]] Result<void> prepare(const session::Session& session, session::RunRequest& run);

  /// To be called before anything is measured; see `VerdictStream`.
  [[nodiscard]] Result<void> begin(session::Session& session, const Output& output,
                                   const Console& console) {
    return stream_.begin(session, output, console);
  }

  /// Compares, shows the page of the comparison, and returns the exit code.
  [[nodiscard]] Result<int> judge(const session::Session& session, const session::RunRequest& run,
                                  const session::RunResult& result, bool enforce_targets,
                                  const Output& output, const Console& console) const;

 private:
  [[nodiscard]] Result<baseline::Document> envelope(const baseline::Store& store) const;

  session::CompareRequest request_;
  std::optional<baseline::Document> envelope_;  ///< of the base, where it is known
  bool strict_ = false;
  bool no_confirm_ = false;
  VerdictStream stream_;
};

}  // namespace pulsebench::app
