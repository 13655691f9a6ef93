#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "compared_run.hpp"
#include "console.hpp"
#include "pulsebench/session/run.hpp"

namespace pulsebench::app {

/// `run --all`: what comes before the measurement and after it, and the time of each part.
class WholeProject {
 public:
  /// Builds, unless `only_planned`, and chooses what the result is compared with or saved as.
  [[nodiscard]] Result<void> begin(const session::Session& session, bool only_planned,
                                   session::RunRequest& request, ComparedRun& comparison,
                                   const Console& console);

  /// The suites are measured; what follows until `end` is the comparison, where there is one.
  void measured(const session::RunResult& result, bool compared);

  /// Says how long each part took.
  void end(const Console& console) const;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now(), measured_ = start_;
  bool compared_ = false;
  std::vector<std::pair<std::string, double>> parts_;
};

}  // namespace pulsebench::app
