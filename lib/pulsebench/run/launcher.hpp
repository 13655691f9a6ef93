#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/plan/sampling.hpp"
#include "pulsebench/run/child.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/sample.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::run {

/// One benchmark on one side: where it lives.
struct Source {
  std::filesystem::path executable;
  Driver driver = Driver::wire;
  std::string native_name;      ///< for a foreign program: the name it prints
  double inject_percent = 0.0;  ///< work to add on purpose; a foreign program cannot
  int threads = 1;
};

/// Where benchmark `index` of `suite` lives.
[[nodiscard]] Source source_of(const Suite& suite, std::size_t index);

/// A program that runs the suite in its stead, and watches it.
struct Wrapper {
  std::filesystem::path program;       ///< empty: none
  std::vector<std::string> arguments;  ///< before the suite's path
  int slowdown = 1;                    ///< of the time limit
};

/// What a calibration found.
struct Calibration {
  Batching batching;
  double visit_seconds = 0.0;  ///< what a visit of it takes, warm-up included
};

/// Where processes run; both empty: where the orchestrator may.
struct Cpus {
  std::vector<int> measuring;  ///< of a benchmark with one thread
  std::vector<int> crew;       ///< of one with several

  [[nodiscard]] const std::vector<int>& of(int threads) const {
    return threads > 1 ? crew : measuring;
  }
};

/// Starts one process of a suite for one request, and believes no answer it has not checked.
class Launcher {
 public:
  Launcher(const plan::Sampling& sampling, Cpus cpus, machine::ProcessRequest settle,
           const Interrupt& interrupt)
      : sampling_(sampling),
        cpus_(std::move(cpus)),
        settle_(std::move(settle)),
        interrupt_(interrupt) {}
  ~Launcher() { finish_last(); }
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  /// The batch that fills a slice. A foreign program finds its own.
  [[nodiscard]] tl::expected<Calibration, ProcessFailure> calibrate(const Source& source,
                                                                    const std::string& id);

  /// A visit in the layout of launch `number`.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit(const Source& source,
                                                          const std::string& id,
                                                          const Batching& batching, int number);

  /// The answer to a request to count, in the layout of launch 0. The suite's own reason where it
  /// cannot count.
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> count(const Source& source,
                                                                const wire::Request& request,
                                                                const Wrapper& wrapper);

  /// What visits from now on count beside the time, by libpfm's names.
  void count(std::vector<std::string> counters) { counters_ = std::move(counters); }

  /// Whether every process so far ran without address-space randomisation.
  [[nodiscard]] bool aslr_off() const { return aslr_off_; }

  /// Why a process did not lock its memory, the first that did not; empty where all did, nullopt
  /// where none was asked to.
  [[nodiscard]] const std::optional<std::string>& memory_unlocked() const {
    return memory_unlocked_;
  }

 private:
  /// Until the process of the last answer is gone: before anything else is timed.
  void finish_last();
  /// The events of launch `number`: every other one counts. To load libpfm takes longer than to
  /// count, and the median of half the launches is as good.
  [[nodiscard]] std::vector<std::string> counted_in(int number) const;
  void note_memory(const std::string& unlocked);
  [[nodiscard]] ProcessSpec spec_for(const Source& source, int number) const;
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> ask(const Source& source, int number,
                                                              const wire::Request& request,
                                                              const Wrapper& wrapper = {});

  const plan::Sampling& sampling_;
  Cpus cpus_;
  machine::ProcessRequest settle_;
  const Interrupt& interrupt_;
  std::vector<std::string> counters_;
  std::optional<Child> last_;  ///< it leaves, on another CPU, while the next one starts
  bool aslr_off_ = true;
  std::optional<std::string> memory_unlocked_;
};

}  // namespace pulsebench::run
