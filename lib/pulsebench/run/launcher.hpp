#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pulsebench/plan/pace.hpp"
#include "pulsebench/run/child.hpp"
#include "pulsebench/run/foreign_pace.hpp"
#include "pulsebench/run/framework.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/run/load_driver.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/sample.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::run {

/// Executable and name of one benchmark on one side.
struct Source {
  std::filesystem::path executable;
  ProgramOptions options = {};
  Driver driver = Driver::wire;
  std::string native_name;      ///< by which the program knows it; empty: by its id
  double inject_percent = 0.0;  ///< added work; not for a foreign program
  int threads = 1;
  bool exits_with_count = false;                  ///< of a foreign program: see `ForeignList`
  std::shared_ptr<const Workload> workload = {};  ///< of the driver `report`
  std::size_t side = 0;  ///< of a paired run: two sides of one workload have two servers
};

/// Source of benchmark `index` of `suite`.
[[nodiscard]] Source source_of(const Suite& suite, std::size_t index);

/// A program that runs the suite under observation.
struct Wrapper {
  std::filesystem::path program;              ///< empty: none
  std::vector<std::string> arguments;         ///< before the suite's path
  std::vector<std::string> environment = {};  ///< "NAME=value", beside that of the suite
  int slowdown = 1;                           ///< factor on the time limit
  std::chrono::milliseconds limit = std::chrono::milliseconds::max();  ///< at most
};

/// CPUs of the processes; both empty: those of the orchestrator.
struct Cpus {
  std::vector<int> measuring;    ///< for a benchmark with one thread
  std::vector<int> thread_cpus;  ///< for a benchmark with several threads

  [[nodiscard]] const std::vector<int>& of(int threads) const {
    return threads > 1 ? thread_cpus : measuring;
  }
};

/// A process started for a visit, in the layout of launch `number`.
struct Launch {
  Source source;
  int number = 0;
  bool aside = false;  ///< starts on the orchestrator's CPUs and moves later
  std::variant<Child, Process, WaitingProgram> process;  ///< `Process`: held before it measures

  /// 0 where none was started.
  [[nodiscard]] int process_id() const;
};

/// Starts one suite process per request and validates every answer.
class Launcher {
 public:
  Launcher(plan::Occasion occasion, const plan::Sampling& sampling, Cpus cpus,
           tune::ProcessSettings process_settings, const Interrupt& interrupt)
      : occasion_(occasion),
        sampling_(sampling),
        cpus_(std::move(cpus)),
        process_settings_(std::move(process_settings)),
        interrupt_(interrupt),
        loads_(cpus_.measuring, interrupt.descriptor()) {}
  ~Launcher() { reap_finished(); }
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  /// Finds the batch that fills a slice. Of a foreign program, which finds its own: the number and
  /// the length of its repetitions, by `calibrate_foreign`; `least` seconds at least.
  [[nodiscard]] tl::expected<Calibration, ProcessFailure> calibrate(const Source& source,
                                                                    const std::string& id,
                                                                    double least = 0.0);

  /// The request by which `calibrate` asks a suite.
  [[nodiscard]] wire::Calibrate calibration_of(const Source& source, const std::string& id) const;

  /// Starts the process of a visit in the layout of launch `number`. With `aside` it starts on the
  /// orchestrator's CPUs, while another one starts on the measuring CPU.
  [[nodiscard]] tl::expected<Launch, ProcessFailure> begin(const Source& source,
                                                           const Batching& batching, int number,
                                                           bool aside = false);

  /// Waits until the process has started. Nothing is timed before.
  [[nodiscard]] tl::expected<void, ProcessFailure> await_start(Launch& launch);

  /// Takes the visit of a started process. That of a workload has every metric, and no slices.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit(Launch launch, const std::string& id,
                                                          const Batching& batching);

  /// Starts a process, waits for it and takes its visit.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit(const Source& source,
                                                          const std::string& id,
                                                          const Batching& batching, int number);

  /// Sends a request to count or to sample, in the layout of launch `number`. Fails with the
  /// suite's reason if it cannot do so.
  [[nodiscard]] tl::expected<wire::Event, ProcessFailure> count(const Source& source,
                                                                const wire::Request& request,
                                                                const Wrapper& wrapper,
                                                                int number = 0);

  /// Takes the visit of a foreign program under `wrapper`, in the layout of launch 0. Its times are
  /// not those of the program.
  [[nodiscard]] tl::expected<Visit, ProcessFailure> visit_wrapped(const Source& source,
                                                                  const Batching& batching,
                                                                  const Wrapper& wrapper);

  /// The processes of the server that the next visit of a workload of load sends its requests to.
  [[nodiscard]] tl::expected<std::vector<int>, ProcessFailure> server_processes(
      const Source& source) {
    return loads_.server_processes(source.workload, source.options, source.side);
  }

  /// Sets the events, by libpfm's names, that later visits count.
  void count(std::vector<std::string> counters) { counters_ = std::move(counters); }

  /// What all processes so far were granted.
  [[nodiscard]] const Granted& granted() const { return granted_; }

  /// Reason why the first process failed to lock its memory; empty if all succeeded, absent if not
  /// requested.
  [[nodiscard]] const std::optional<std::string>& memory_unlocked() const {
    return memory_unlocked_;
  }

 private:
  /// Waits for the exit of the processes that have answered.
  void reap_finished();
  /// Events of launch `number`: every other launch counts. Loading libpfm takes longer than
  /// counting, and the median of half the launches is as good.
  [[nodiscard]] std::vector<std::string> counters_of(int number) const;
  void note_memory(const std::string& unlocked);
  [[nodiscard]] tl::expected<Calibration, ProcessFailure> calibrate_repetitions(
      const Source& source, double least);
  [[nodiscard]] tl::expected<Calibration, ProcessFailure> calibrate_workload(const Source& source);
  [[nodiscard]] tl::expected<Visit, ProcessFailure> workload_visit(const Launch& launch,
                                                                   const Batching& batching);
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
  LoadDriver loads_;
  std::vector<std::string> counters_;
  std::vector<Child> exiting_;  ///< on another CPU, while the next one starts
  Granted granted_;
  std::optional<std::string> memory_unlocked_;
};

}  // namespace pulsebench::run
