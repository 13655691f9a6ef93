#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "pulsebench/render/style.hpp"

namespace pulsebench::render {

/// How far a run has come.
struct ProgressState {
  int done = 0, total = 0;                             ///< of `unit`
  std::string current = {};                            ///< the benchmark measured now; untrusted
  std::optional<std::chrono::seconds> remaining = {};  ///< empty: not known yet
  std::string_view unit = "launches";
  std::string known = {};  ///< of the result already: "3 unchanged, 1 suspect"; empty: nothing
  std::optional<double> share = {};  ///< of the work, from 0 to 1; empty: that of `done`
};

/// One line without its line break, at most `style.width - 1` columns wide (a cursor in the last
/// column makes some terminals wrap): bar, share, launches, time left, what is known, benchmark.
/// Pure.
[[nodiscard]] std::string render(const ProgressState& state, const Style& style);

/// The line for a log: `40 %  180 of 440 launches, about 12 s left; 3 unchanged, 1 suspect`. Pure.
[[nodiscard]] std::string render_plain(const ProgressState& state);

/// Draws progress when it is told of some; never by itself, as drawing while a slice is timed
/// spoils it. On a terminal one line is redrawn, at most ten times a second; off it a line is
/// written each 10 % at most.
class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;
  using Write = std::function<void(std::string_view)>;  ///< to standard error, unbuffered

  Progress(const Style& style, bool is_terminal, Clock clock, Write write);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// Between launches. The time left is reckoned from the share of the work since the first
  /// call, unless the state brings it.
  void update(ProgressState state);

  /// Takes the line off the terminal. To be called before anything else is written; the next
  /// update draws it again.
  void clear();

 private:
  Style style_;
  bool is_terminal_;
  Clock clock_;
  Write write_;
  std::optional<std::chrono::steady_clock::time_point> started_, drawn_;
  double share_at_start_ = 0.0;
  int tenths_written_ = 0;
  bool visible_ = false;
};

}  // namespace pulsebench::render
