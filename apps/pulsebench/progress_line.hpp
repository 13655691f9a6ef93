#pragma once

#include "console.hpp"
#include "pulsebench/render/progress.hpp"
#include "pulsebench/run/engine.hpp"

namespace pulsebench::app {

/// Draws what the engine is doing on stderr, between launches; gone when it goes.
class ProgressLine {
 public:
  /// `unit` is what is counted; it outlives the line.
  explicit ProgressLine(const Console& console, std::string_view unit = "launches");

  void operator()(const run::Progress& now);

 private:
  std::string_view unit_;
  render::Progress progress_;
};

}  // namespace pulsebench::app
