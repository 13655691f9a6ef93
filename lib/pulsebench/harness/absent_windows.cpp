#include <cstdio>

#include "pulsebench/harness/allocations.hpp"
#include "pulsebench/harness/exact.hpp"
#include "pulsebench/harness/heap_recorder.hpp"
#include "pulsebench/harness/host_load.hpp"
#include "pulsebench/harness/memory_lock.hpp"
#include "pulsebench/harness/profile.hpp"

// What a suite cannot do on Windows: each request is refused with a reason.
namespace pulsebench::harness {
namespace {

wire::Event refused(const std::string& id, const char* reason) {
  return wire::Failed{.id = id, .status = Status::failed, .reason = reason};
}

constexpr const char* kNoAllocations = "allocations cannot be counted on Windows";

}  // namespace

wire::Event count_exactly(const wire::CountExactly& ask, const Batch&) {
  return refused(ask.id, "instructions cannot be counted on Windows");
}

wire::Event count_allocations(const wire::CountAllocations& ask, const Batch&) {
  return refused(ask.id, kNoAllocations);
}

void report_allocations_to_google_benchmark() { std::fprintf(stderr, "%s\n", kNoAllocations); }

HeapRecorder::~HeapRecorder() = default;
void HeapRecorder::record(const Batch&) {}
wire::Event HeapRecorder::finish() { return refused(ask_.id, kNoAllocations); }

wire::Event take_profile(const wire::TakeProfile& ask, const Batch&, const TickClock&) {
  return refused(ask.id, "stacks cannot be sampled on Windows");
}

std::string lock_memory() { return "absent: Windows locks no whole process in memory"; }

HostLoad read_host_load() { return {}; }
std::uint32_t causes(const HostLoad&, const HostLoad&, double) { return 0; }

}  // namespace pulsebench::harness
