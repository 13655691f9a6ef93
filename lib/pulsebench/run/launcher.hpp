#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pulsebench/plan/sampling.hpp"
#include "pulsebench/run/child.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::run {

/// One benchmark on one side: where it lives.
struct Source {
  std::filesystem::path executable;
  double inject_percent = 0.0;  ///< work to add on purpose
};

/// Starts one process of a suite for one request, and believes no answer it has not checked.
class Launcher {
 public:
  Launcher(const plan::Sampling& sampling, std::vector<int> cpus, const Interrupt& interrupt)
      : sampling_(sampling), cpus_(std::move(cpus)), interrupt_(interrupt) {}

  [[nodiscard]] tl::expected<wire::Calibrated, ProcessFailure> calibrate(const Source& source,
                                                                         const std::string& id);

  /// A visit in the layout of launch `number`.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit(const Source& source,
                                                          const std::string& id,
                                                          const Batching& batching, int number);

  /// Whether every process so far ran without address-space randomisation.
  [[nodiscard]] bool aslr_off() const { return aslr_off_; }

 private:
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> ask(const Source& source, int number,
                                                              const wire::Request& request);

  const plan::Sampling& sampling_;
  std::vector<int> cpus_;
  const Interrupt& interrupt_;
  bool aslr_off_ = true;
};

}  // namespace pulsebench::run
