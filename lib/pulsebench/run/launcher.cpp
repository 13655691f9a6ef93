#include "pulsebench/run/launcher.hpp"

#include <algorithm>
#include <chrono>

#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/plan/plan.hpp"
#include "pulsebench/run/empty_loop.hpp"
#include "pulsebench/run/foreign.hpp"
#include "pulsebench/run/report_program.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

std::uint64_t ns(std::chrono::nanoseconds duration) {
  return static_cast<std::uint64_t>(duration.count());
}

tl::unexpected<ProcessFailure> wrong_answer(const wire::Event& event, const char* request) {
  if (const auto* refusal = std::get_if<wire::Failed>(&event)) {
    return tl::unexpected{ProcessFailure{refusal->status, printable(refusal->reason, 400)}};
  }
  return failed(std::string{"it answered '"} + request + "' with another message");
}

tl::unexpected<ProcessFailure> nothing_left(const char* remedy) {
  return tl::unexpected{ProcessFailure{
      Status::measured_nothing,
      std::string{"it is not slower than an empty loop: the compiler removed the measured code, or "
                  "the loop hides it; use "} +
          remedy}};
}

/// Has `wrapper`, if it is one, run the program.
void wrap(ProcessSpec& spec, const Wrapper& wrapper) {
  if (wrapper.program.empty()) return;
  spec.arguments.insert(spec.arguments.begin(), spec.executable.string());
  spec.arguments.insert(spec.arguments.begin(), wrapper.arguments.begin(), wrapper.arguments.end());
  spec.environment.insert(spec.environment.end(), wrapper.environment.begin(),
                          wrapper.environment.end());
  spec.executable = wrapper.program;
  spec.limit = std::min(spec.limit * wrapper.slowdown, wrapper.limit);
}

}  // namespace

Source source_of(const Suite& suite, std::size_t index) {
  return {.executable = suite.executable,
          .options = suite.options,
          .driver = suite.driver,
          .native_name = suite.native_names.empty() ? std::string{} : suite.native_names[index],
          .inject_percent = 0.0,
          .threads = suite.benchmarks[index].threads,
          .exits_with_count = suite.exits_with_count,
          .workload = suite.workload};
}

int Launch::process_id() const {
  if (const auto* child = std::get_if<Child>(&process)) return child->process_id();
  const auto* const held = std::get_if<Process>(&process);
  return held == nullptr ? 0 : held->id();
}

ProcessSpec Launcher::spec_for(const Source& source, int number) const {
  ProcessSpec spec;
  spec.executable = source.executable;
  spec.layout = plan::layout_of(number);
  spec.cpus = cpus_.of(source.threads);
  spec.process_settings = process_settings_;
  if (spec.cpus != cpus_.measuring) {  // settings for the measuring CPUs only
    spec.process_settings.cpus.clear();
    spec.process_settings.control_group.clear();
  }
  spec.limit = sampling_.launch_limit;
  take_options(source.options, spec);
  spec.interrupt = interrupt_.descriptor();
  return spec;
}

tl::expected<wire::Event, ProcessFailure> Launcher::ask(const Source& source, int number,
                                                        const wire::Request& request,
                                                        const Wrapper& wrapper) {
  ProcessSpec spec = spec_for(source, number);
  wrap(spec, wrapper);
  auto child = Child::start(std::move(spec));
  reap_finished();
  if (!child) return tl::unexpected{child.error()};
  PB_CHECK(child->greet());
  auto answer = ask(*std::move(child), request);
  if (!wrapper.program.empty()) reap_finished();  // it writes its counts at its exit
  return answer;
}

tl::expected<wire::Event, ProcessFailure> Launcher::ask(Child child, const wire::Request& request) {
  granted_.also(child.granted());
  auto answer = child.ask(request);
  if (!answer) return answer;
  child.request_exit();
  exiting_.push_back(std::move(child));
  return answer;
}

wire::Calibrate Launcher::calibration_of(const Source& source, const std::string& id) const {
  const plan::Pace pace = plan::pace_of(sampling_, occasion_, source.threads);
  return {.id = id,
          .slice_ns = ns(sampling_.slice),
          .visit_ns = ns(pace.visit),
          .warm_up_ns = ns(pace.warm_up),
          .min_operations = sampling_.min_operations,
          .min_slices = sampling_.min_slices,
          .max_slices = sampling_.max_slices};
}

tl::expected<Calibration, ProcessFailure> Launcher::calibrate(const Source& source,
                                                              const std::string& id, double least) {
  if (source.driver == Driver::foreign) return calibrate_repetitions(source, least);
  if (source.driver == Driver::report) return calibrate_workload(source);
  if (const Framework* framework = framework_of(source.driver)) {
    return Calibration{.batching = {.operations = 1, .slices = 1},
                       .visit_seconds = framework->launch_seconds};
  }
  const wire::Calibrate request = calibration_of(source, id);
  PB_TRY(const auto answer, ask(source, /*number=*/0, request));
  const auto* calibrated = std::get_if<wire::Calibrated>(&answer);
  if (calibrated == nullptr || calibrated->id != id) return wrong_answer(answer, "calibrate");
  if (calibrated->measured_nothing) {
    return nothing_left(
        "pulsebench::opaque for its inputs and pulsebench::consume for its results");
  }
  const double slices_ns = static_cast<double>(calibrated->batching.operations) *
                           calibrated->batching.slices * calibrated->ns_per_op;
  return Calibration{.batching = calibrated->batching,
                     .visit_seconds = (slices_ns + static_cast<double>(request.warm_up_ns)) / 1e9};
}

tl::expected<Calibration, ProcessFailure> Launcher::calibrate_repetitions(const Source& source,
                                                                          double least) {
  constexpr double kWorthAsking = 2.0;  // ns: above any empty turn
  double lowest = kWorthAsking;
  const auto take = [&](int slices, double min_time) {
    const Batching batching{.operations = 1, .slices = slices, .min_time = min_time};
    auto taken = visit(source, source.native_name, batching, /*number=*/0);
    if (!taken) return taken;
    for (const Slice& slice : taken->slices) lowest = std::min(lowest, slice.ns_per_op);
    return taken;
  };
  PB_TRY(const Calibration calibration, calibrate_foreign(take, least));
  if (lowest < kWorthAsking && is_empty_loop(lowest, empty_turn_ns(cpus_.of(source.threads)))) {
    return nothing_left("benchmark::DoNotOptimize");
  }
  return calibration;
}

/// The first launch fills the caches, and shows how long one takes.
tl::expected<Calibration, ProcessFailure> Launcher::calibrate_workload(const Source& source) {
  if (source.workload->load) {
    PB_TRY(const Batching capacity, loads_.find_capacity(source.workload, source.options));
    return Calibration{.batching = capacity, .visit_seconds = seconds_of(*source.workload->load)};
  }
  const Batching once{.operations = 1, .slices = 1};
  PB_TRY(const Visit launch, visit(source, source.native_name, once, /*number=*/0));
  return Calibration{.batching = once, .visit_seconds = launch.seconds};
}

void Launcher::reap_finished() {
  for (Child& child : exiting_) child.finish();
  exiting_.clear();
}

void Launcher::note_memory(const std::string& unlocked) {
  if (process_settings_.lock_memory && memory_unlocked_.value_or("").empty())
    memory_unlocked_ = unlocked;
}

std::vector<std::string> Launcher::counters_of(int number) const {
  return number % 2 == 0 ? counters_ : std::vector<std::string>{};
}

tl::expected<Launch, ProcessFailure> Launcher::begin(const Source& source, const Batching& batching,
                                                     int number, bool aside) {
  ProcessSpec spec = spec_for(source, number);
  if (source.driver == Driver::report || framework_of(source.driver) != nullptr) {
    return Launch{source, number, /*aside=*/false, WaitingProgram{std::move(spec)}};
  }
  // A process in a partition cannot start on other CPUs.
  aside = aside && source.threads == 1 && !spec.cpus.empty() &&
          spec.process_settings.control_group.empty();
  if (aside) spec.cpus.clear();
  if (source.driver == Driver::foreign) {
    // Google Benchmark's search for the iterations takes as long as two repetitions.
    const std::chrono::duration<double> asked{(batching.slices + 2) * batching.min_time};
    spec.limit += std::chrono::duration_cast<std::chrono::milliseconds>(asked);
    PB_TRY(auto process, begin_foreign(std::move(spec), source.native_name, batching));
    granted_.also(process.granted());
    return Launch{source, number, aside, std::move(process)};
  }
  PB_TRY(auto child, Child::start(std::move(spec)));
  return Launch{source, number, aside, std::move(child)};
}

tl::expected<void, ProcessFailure> Launcher::await_start(Launch& launch) {
  reap_finished();
  if (auto* child = std::get_if<Child>(&launch.process)) return child->greet();
  if (auto* process = std::get_if<Process>(&launch.process)) process->wait_until_held();
  return {};
}

tl::expected<Visit, ProcessFailure> Launcher::visit(Launch launch, const std::string& id,
                                                    const Batching& batching) {
  if (launch.aside) {
    const auto& cpus = cpus_.of(launch.source.threads);
    PB_CHECK(std::visit([&](auto& process) { return process.move_to(cpus); }, launch.process));
    std::visit([&](const auto& process) { granted_.also(process.granted()); }, launch.process);
  }
  const int number = launch.number;
  const bool foreign = launch.source.driver != Driver::wire;
  auto* const waiting = std::get_if<WaitingProgram>(&launch.process);
  auto visit =
      launch.source.workload != nullptr ? workload_visit(launch, batching)
      : waiting != nullptr
          ? framework_of(launch.source.driver)->visit(waiting->spec, launch.source.native_name)
      : foreign
          ? foreign_visit(std::get<Process>(std::move(launch.process)), launch.source.native_name,
                          batching.slices, launch.source.exits_with_count)
          : visit_on_the_wire(std::move(launch), id, batching);
  if (visit) visit->launch = number;
  if (foreign) note_memory("absent here: only suites of pulsebench lock their memory");
  return visit;
}

tl::expected<Visit, ProcessFailure> Launcher::workload_visit(const Launch& launch,
                                                             const Batching& batching) {
  const auto& [source, number, unused, process] = launch;
  if (source.workload->load) {
    return loads_.visit(source.workload, source.options, source.side, batching, number);
  }
  return report_visit(std::get<WaitingProgram>(process).spec, *source.workload);
}

tl::expected<Visit, ProcessFailure> Launcher::visit_on_the_wire(Launch launch,
                                                                const std::string& id,
                                                                const Batching& batching) {
  const int number = launch.number;
  const plan::Pace pace = plan::pace_of(sampling_, occasion_, launch.source.threads);
  const wire::TakeVisit request{.id = id,
                                .batching = batching,
                                .warm_up_ns = ns(pace.warm_up),
                                .heap_padding = plan::layout_of(number).heap_padding,
                                .inject_percent = launch.source.inject_percent,
                                .lock_memory = process_settings_.lock_memory,
                                .counters = counters_of(number),
                                .visit_ns = ns(pace.visit),
                                .watch_each_slice = occasion_ == plan::Occasion::block};
  const auto asked = std::chrono::steady_clock::now();
  auto answer = ask(std::get<Child>(std::move(launch.process)), request);
  const double passed = os::seconds_since(asked);
  if (!answer) return tl::unexpected{answer.error()};
  auto* visited = std::get_if<wire::Visited>(&*answer);
  if (visited == nullptr || visited->id != id) return wrong_answer(*answer, "visit");
  const std::size_t slices = visited->visit.slices.size();
  if (slices != static_cast<std::size_t>(batching.slices)) {
    return failed("it sent " + std::to_string(slices) + " slices instead of " +
                  std::to_string(batching.slices));
  }
  note_memory(printable(visited->memory_unlocked, 200));
  visited->visit.seconds = std::min(visited->visit.seconds, passed);
  return std::move(visited->visit);
}

tl::expected<Visit, ProcessFailure> Launcher::visit(const Source& source, const std::string& id,
                                                    const Batching& batching, int number) {
  PB_TRY(auto launch, begin(source, batching, number));
  PB_CHECK(await_start(launch));
  return visit(std::move(launch), id, batching);
}

tl::expected<wire::Event, ProcessFailure> Launcher::count(const Source& source,
                                                          const wire::Request& request,
                                                          const Wrapper& wrapper, int number) {
  auto answer = ask(source, number, request, wrapper);
  if (answer && std::holds_alternative<wire::Failed>(*answer)) {
    return wrong_answer(*answer, "count");
  }
  return answer;
}

tl::expected<Visit, ProcessFailure> Launcher::visit_wrapped(const Source& source,
                                                            const Batching& batching,
                                                            const Wrapper& wrapper) {
  ProcessSpec spec = spec_for(source, /*number=*/0);
  wrap(spec, wrapper);
  PB_TRY(auto process, begin_foreign(std::move(spec), source.native_name, batching));
  return foreign_visit(std::move(process), source.native_name, batching.slices,
                       source.exits_with_count);
}

}  // namespace pulsebench::run
