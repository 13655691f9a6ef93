#pragma once

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "console.hpp"
#include "output.hpp"
#include "pulsebench/compare/comparison.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::app {

/// `--stream`: a line of JSON for each verdict as soon as it is taken, on standard output, then one
/// for the comparison. It is written between blocks, by a process that keeps off the measuring CPU.
class VerdictStream {
 public:
  CLI::Option* declare(CLI::App& app);

  [[nodiscard]] explicit operator bool() const { return on_; }

  /// Writes the verdicts of `session` from now on, if asked for. `bad_input` where `output` does
  /// not leave standard output to them. The console and this object must outlive the session.
  [[nodiscard]] Result<void> begin(session::Session& session, const Output& output,
                                   const Console& console);

  /// Writes the verdicts that are not written yet, and the comparison.
  [[nodiscard]] Result<void> finish(const compare::Comparison& comparison, int exit_code,
                                    const Console& console) const;

 private:
  bool on_ = false;
  std::set<std::string> told_;  ///< ids
};

}  // namespace pulsebench::app
