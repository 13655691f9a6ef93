#include "pulsebench/session/memory_profile.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/compare/gate.hpp"
#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/launcher.hpp"
#include "pulsebench/session/one_benchmark.hpp"
#include "pulsebench/session/selection.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/heap_recording.hpp"

namespace pulsebench::session {
namespace {

/// The operations together take no longer without the recorder, which is up to 20 times slower.
constexpr double kRecordedNs = 200e6;
constexpr int kRunsOfSide = 2;  ///< the fewest that show whether counts repeat

/// An even number of operations that together take no longer than `kRecordedNs`, of few that it can
/// be: two builds of nearly the same speed are recorded for the same number.
std::uint64_t operations_for(double ns_per_op) {
  for (const std::uint64_t operations :
       {wire::kMaxHeapOperations, std::uint64_t{10'000}, std::uint64_t{2'000}, std::uint64_t{1'000},
        std::uint64_t{200}, std::uint64_t{100}, std::uint64_t{20}, std::uint64_t{10}}) {
    if (static_cast<double>(operations) * ns_per_op <= kRecordedNs) return operations;
  }
  return 2;
}

class HeapRecordings {
 public:
  explicit HeapRecordings(const Session& session)
      : session_(session),
        launcher_(plan::Occasion::launch, session.workspace.config.sampling, run::Cpus{},
                  tune::ProcessSettings{}, interrupt_) {}

  Result<std::uint64_t> choose_operations(const OneBenchmark& benchmark) {
    const std::string& id = benchmark.info.id.text();
    const auto calibration = launcher_.calibrate(benchmark.source, id);
    if (!calibration) return did_not_run(id, calibration.error());
    return operations_for(calibration->ns_per_op());
  }

  Result<profile::HeapProfile> record(const OneBenchmark& benchmark, std::uint64_t operations) {
    const std::string& id = benchmark.info.id.text();
    if (session_.on_progress) session_.on_progress({done_++, total_, id}, "recordings");
    PB_TRY(const auto folder, os::TemporaryFolder::make());
    const std::filesystem::path file = folder.path() / "heap";
    const auto answer = launcher_.count(benchmark.source,
                                        wire::RecordHeap{.id = id,
                                                         .operations = operations,
                                                         .most_bytes = wire::kMaxHeapBytes,
                                                         .file = file.string()},
                                        {});
    if (!answer) return did_not_run(id, answer.error());
    PB_TRY(auto bytes, os::read_file(file, 0, 2 * wire::kMaxHeapBytes));
    PB_TRY(auto heap, profile::read_heap_profile(std::move(bytes)));
    heap.operations_asked = operations;
    return heap;
  }

  Result<std::vector<profile::HeapProfile>> record_twice(const OneBenchmark& benchmark,
                                                         std::uint64_t operations) {
    std::vector<profile::HeapProfile> profiles;
    for (int i = 0; i < kRunsOfSide; ++i) {
      PB_TRY(auto heap, record(benchmark, operations));
      profiles.push_back(std::move(heap));
    }
    return profiles;
  }

  void expect(std::size_t total) { total_ = total; }

 private:
  const Session& session_;
  run::Interrupt interrupt_;
  run::Launcher launcher_;
  std::size_t done_ = 0, total_ = 1;
};

Result<void> compare_with(const MemoryRequest& request, const Session& session,
                          const OneBenchmark& benchmark, std::uint64_t operations,
                          HeapRecordings& recordings, profile::MemoryReport& report) {
  const std::string& against = request.against;
  PB_TRY(const auto old_side, open_side(against, request.options, session));
  PB_TRY(const auto old_benchmark,
         benchmark_in(old_side.suites, benchmark.info.id.text(), against));
  recordings.expect(2 * kRunsOfSide);
  PB_TRY(const auto before, recordings.record_twice(old_benchmark, operations));
  PB_TRY(auto after, recordings.record_twice(benchmark, operations));
  report.old_side = against;
  report.change = profile::compare_heaps(before, after);
  report.heap = std::move(after.front());
  return {};
}

}  // namespace

Result<profile::MemoryReport> profile_memory(const Session& session, const MemoryRequest& request) {
  PB_TRY(const auto benchmark,
         find_one_benchmark(session, request.benchmark, request.executables, request.options));
  const std::string& id = benchmark.info.id.text();
  if (benchmark.source.driver != run::Driver::wire) {
    return fail(ErrorCode::bad_input,
                fmt::format("{}: operations are recorded only in a suite built with "
                            "pulsebench::harness; of any other program: profile memory {} --with "
                            "heaptrack",
                            printable(id), printable(id)));
  }
  profile::MemoryReport report{.benchmark = id, .heap = {}};
  const auto cpus = compare::cpus_of(machine::fingerprint(session.environment.machine));
  const config::Config config = gates_for(request.gates, session.workspace.config);
  report.gates = compare::gate_of(benchmark.info, config, cpus).gates;
  HeapRecordings recordings{session};
  PB_TRY(const auto operations, recordings.choose_operations(benchmark));
  if (!request.against.empty()) {
    PB_CHECK(compare_with(request, session, benchmark, operations, recordings, report));
    return report;
  }
  PB_TRY(report.heap, recordings.record(benchmark, operations));
  return report;
}

}  // namespace pulsebench::session
