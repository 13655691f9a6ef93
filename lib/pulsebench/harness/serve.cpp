#include "pulsebench/harness/serve.hpp"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "pulsebench/harness/calibrate.hpp"
#include "pulsebench/harness/google_benchmark.hpp"
#include "pulsebench/harness/memory_lock.hpp"
#include "pulsebench/harness/plain_loop.hpp"
#include "pulsebench/harness/recorder.hpp"
#include "pulsebench/harness/suite_identity.hpp"
#include "pulsebench/harness/traits.hpp"
#include "pulsebench/wire/benchmark_name.hpp"
#include "pulsebench/wire/line_buffer.hpp"
#include "pulsebench/wire/line_channel.hpp"
#include "pulsebench/wire/messages.hpp"

namespace pulsebench::harness {
namespace {

using wire::Event;

/// Minimum time for which Google Benchmark calls the benchmark only once; the recorder does the
/// rest.
constexpr double kOnce = 1e-6;

Event hello() {
  const TickClock clock;
  return wire::Hello{.protocol = wire::kProtocol,
                     .suite = kSuiteIdentity.name,
                     .build = {{"compiler", kSuiteIdentity.compiler},
                               {"flags", kSuiteIdentity.flags},
                               {"build_type", kSuiteIdentity.build_type},
                               {"google_benchmark", PULSEBENCH_GOOGLE_BENCHMARK_VERSION},
                               {"timer", clock.name()}}};
}

/// Omits names that are not benchmark ids (control characters): no other tool could name them.
Event list() {
  wire::Listed listed;
  for (const std::string& name : registered_names()) {
    const auto id = BenchmarkId::parse(wire::id_of(name));
    if (!id) continue;
    const auto traits = Traits::of(id->text());
    const std::string role = kSuiteIdentity.role;
    listed.benchmarks.push_back(
        {.id = *id,
         .tier = static_cast<Tier>(std::clamp(traits.tier.value_or(kSuiteIdentity.tier), 0, 3)),
         .role = role == "floor" ? Role::floor : Role::operation,
         .version = traits.version,
         .threads = std::max(wire::threads_of(id->text()), traits.threads)});
  }
  return listed;
}

Event failed(const std::string& id, const RunReport& report) {
  const auto because = [&](Status status, std::string reason) -> Event {
    return wire::Failed{.id = id, .status = status, .reason = std::move(reason)};
  };
  if (!report.matched) return because(Status::failed, "the suite has no such benchmark");
  if (!report.thrown.empty()) return because(Status::failed, "it threw: " + report.thrown);
  if (!report.skipped.empty()) return because(Status::skipped, "it skipped: " + report.skipped);
  return because(Status::failed, "it returned without running its loop");
}

bool ran(const RunReport& report) {
  return report.matched && report.thrown.empty() && report.skipped.empty();
}

template <class Request>
Event answer_with_recorder(const Request& request) {
  Recorder recorder{request};
  Recorder::active() = &recorder;
  const RunReport report = run_benchmark(request.id, kOnce, 1);
  Recorder::active() = nullptr;
  if (!ran(report)) return failed(request.id, report);
  if (recorder.calibrated()) return *recorder.calibrated();
  if (recorder.visited()) {
    wire::Visited visited = *recorder.visited();
    visited.visit.source = recorder.source();
    // Known only now: a benchmark sets the processed amounts after its loop.
    if (!report.repetitions.empty()) {
      visited.visit.processed = report.repetitions[0].processed;
      visited.visit.label = label_of(report.repetitions[0]);
    }
    return visited;
  }
  if (recorder.counted()) return *recorder.counted();
  if (recorder.heap()) return recorder.heap()->finish();
  return measure_plain_loop(request);
}

/// Threads that contend take a different path each time, so there is no exact count; samples are
/// of the calling thread.
template <class Request>
Event count(const Request& request) {
  if (wire::threads_of(request.id) == 1) return answer_with_recorder(request);
  return wire::Failed{
      .id = request.id, .status = Status::failed, .reason = "not counted for several threads"};
}

/// Leaked on purpose: it moves the benchmark's allocations by the launch's layout. It stays
/// reachable, so a leak checker does not report it.
void pad_heap(std::uint64_t bytes) {
  [[maybe_unused]] static void* volatile padding = nullptr;
  if (bytes > 0) padding = std::malloc(bytes);
}

Event answer(const wire::Request& request) {
  if (std::holds_alternative<wire::List>(request)) return list();
  if (const auto* calibrate = std::get_if<wire::Calibrate>(&request)) {
    return answer_with_recorder(*calibrate);
  }
  if (const auto* exact = std::get_if<wire::CountExactly>(&request)) return count(*exact);
  if (const auto* heap = std::get_if<wire::CountAllocations>(&request)) return count(*heap);
  if (const auto* recording = std::get_if<wire::RecordHeap>(&request)) return count(*recording);
  if (const auto* profile = std::get_if<wire::TakeProfile>(&request)) {
    pad_heap(profile->heap_padding);
    return count(*profile);
  }
  const auto& visit = std::get<wire::TakeVisit>(request);
  pad_heap(visit.heap_padding);
  const std::string unlocked = visit.lock_memory ? lock_memory() : std::string{};
  Event event = answer_with_recorder(visit);
  if (auto* visited = std::get_if<wire::Visited>(&event)) visited->memory_unlocked = unlocked;
  return event;
}

}  // namespace

int serve(int requests, int events) {
  // Initializes caches now, before any measurement.
  [[maybe_unused]] const auto names = registered_names();
  benchmark::CPUInfo::Get();
  benchmark::SystemInfo::Get();
  if (!wire::write_line(events, wire::encode(hello()))) return 0;
  wire::LineBuffer lines;
  std::array<char, 4096> bytes{};
  for (;;) {
    const ssize_t count = read(requests, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return 0;
    lines.append({bytes.data(), static_cast<std::size_t>(count)});
    while (const auto line = lines.next()) {
      const auto request = wire::decode_request(*line);
      if (!request) {
        std::fprintf(stderr, "%s\n", request.error().message.c_str());
        return 2;
      }
      if (std::holds_alternative<wire::Quit>(*request)) return 0;
      if (!wire::write_line(events, wire::encode(answer(*request)))) return 0;
    }
  }
}

}  // namespace pulsebench::harness
