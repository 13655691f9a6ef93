#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pulsebench/plan/pace.hpp"
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
  std::vector<int> measuring;    ///< of a benchmark with one thread
  std::vector<int> thread_cpus;  ///< of one with several

  [[nodiscard]] const std::vector<int>& of(int threads) const {
    return threads > 1 ? thread_cpus : measuring;
  }
};

/// A process that was started for a visit in the layout of launch `number`.
struct Launch {
  Source source;
  int number = 0;
  bool aside = false;  ///< whether it starts where the orchestrator runs, and has to move
  std::variant<Child, Process> process;  ///< of a foreign program: held before it measures
};

/// Starts one process of a suite for one request, and believes no answer it has not checked.
class Launcher {
 public:
  Launcher(plan::Occasion occasion, const plan::Sampling& sampling, Cpus cpus,
           tune::ProcessSettings process_settings, const Interrupt& interrupt)
      : occasion_(occasion),
        sampling_(sampling),
        cpus_(std::move(cpus)),
        process_settings_(std::move(process_settings)),
        interrupt_(interrupt) {}
  ~Launcher() { reap_finished(); }
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  /// The batch that fills a slice. A foreign program finds its own.
  [[nodiscard]] tl::expected<Calibration, ProcessFailure> calibrate(const Source& source,
                                                                    const std::string& id);

  /// Starts the process of a visit in the layout of launch `number`; `aside` on the CPUs of the
  /// orchestrator, beside another one that starts on the measuring CPU.
  [[nodiscard]] tl::expected<Launch, ProcessFailure> begin(const Source& source, int number,
                                                           bool aside = false);

  /// Waits until it has started. Nothing is timed before.
  [[nodiscard]] tl::expected<void, ProcessFailure> await_start(Launch& launch);

  /// The visit that it was started for.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit(Launch launch, const std::string& id,
                                                          const Batching& batching);

  /// All three.
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
  /// Until the processes that have answered are gone.
  void reap_finished();
  /// The events of launch `number`: every other one counts. To load libpfm takes longer than to
  /// count, and the median of half the launches is as good.
  [[nodiscard]] std::vector<std::string> counted_in(int number) const;
  void note_memory(const std::string& unlocked);
  [[nodiscard]] ProcessSpec spec_for(const Source& source, int number) const;
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> ask(const Source& source, int number,
                                                              const wire::Request& request,
                                                              const Wrapper& wrapper = {});
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> ask(Child child,
                                                              const wire::Request& request);
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit_on_the_wire(Launch launch,
                                                                      const std::string& id,
                                                                      const Batching& batching);

  plan::Occasion occasion_;
  const plan::Sampling& sampling_;
  Cpus cpus_;
  tune::ProcessSettings process_settings_;
  const Interrupt& interrupt_;
  std::vector<std::string> counters_;
  std::vector<Child> leaving_;  ///< on another CPU, while the next one starts or warms up
  bool aslr_off_ = true;
  std::optional<std::string> memory_unlocked_;
};

}  // namespace pulsebench::run
