#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pulsebench/render/progress.hpp"
#include "pulsebench/render/style.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::app {

/// Returns true for the name of no file: empty, or "-".
[[nodiscard]] inline bool is_stdout(const std::string& file) { return file.empty() || file == "-"; }

/// Where a command writes: data to stdout or a file, everything else to stderr.
class Console {
 public:
  explicit Console(render::ColorChoice color);

  [[nodiscard]] const render::Style& out_style() const { return out_; }
  [[nodiscard]] const render::Style& error_style() const { return error_; }

  /// Draws how far a run has come on stderr. Whatever is written next takes the line off.
  void progress(const run::Progress& now, std::string_view unit) const;

  /// A note for the user, one line, on stderr.
  void note(const std::string& line) const;

  /// Says what went wrong in one line on stderr; returns the exit code that goes with it.
  [[nodiscard]] int fail(const Error& error) const;

  /// Writes a report to `file`, whole or not at all; to stdout where it is empty or "-". `io` where
  /// it cannot be written.
  [[nodiscard]] Result<void> write(const std::string& report, const std::string& file = {}) const;

  /// The style for a report that goes to `file`.
  [[nodiscard]] render::Style style_for(const std::string& file) const;

 private:
  render::ColorChoice color_;
  render::Style out_, error_;
  std::unique_ptr<render::Progress> line_;
};

}  // namespace pulsebench::app
