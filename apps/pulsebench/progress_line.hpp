#pragma once

#include "console.hpp"
#include "pulsebench/report/progress.hpp"
#include "pulsebench/run/engine.hpp"

namespace pulsebench::app {

/// Draws what the engine is doing on stderr, between launches; gone when it goes.
class ProgressLine {
 public:
  explicit ProgressLine(const Console& console);

  void operator()(const run::Progress& now);

 private:
  report::Progress progress_;
};

}  // namespace pulsebench::app
