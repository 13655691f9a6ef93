#include "pulsebench/wire/decode.hpp"
#include "pulsebench/wire/heap_recording.hpp"
#include "pulsebench/wire/messages.hpp"
#include "pulsebench/wire/sample_recording.hpp"

namespace pulsebench::wire {
namespace {

using json::Reader;

constexpr std::uint64_t kLeastPeriodNs = 10'000;  // 100 kHz: the machine would do nothing else

Request read_calibrate(Reader& f) {
  return Calibrate{.id = f.text("id"),
                   .slice_ns = f.whole("slice_ns", 1, kMaxNs),
                   .visit_ns = f.whole("visit_ns", 1, kMaxNs),
                   .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                   .min_operations = f.small("min_operations", 1, kMaxSlices),
                   .min_slices = f.small("min_slices", 1, kMaxSlices),
                   .max_slices = f.small("max_slices", 1, kMaxSlices)};
}

std::vector<std::string> read_names(Reader& f) {
  std::vector<std::string> names;
  f.read("counters", names, json::TextBounds{});
  return names;
}

Request read_take_visit(Reader& f) {
  return TakeVisit{.id = f.text("id"),
                   .batching = {.operations = f.whole("operations", 1, kMaxOperations),
                                .slices = f.small("slices", 1, kMaxSlices)},
                   .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                   .heap_padding = f.whole("heap_padding", 0, 1U << 30U),
                   .inject_percent = f.real("inject_percent", 0.0, 10'000.0),
                   .lock_memory = f.flag("lock_memory"),
                   .counters = read_names(f),
                   .visit_ns = f.has("visit_ns") ? f.whole("visit_ns", 0, kMaxNs) : 0,
                   .watch_each_slice = f.has("watch_each_slice") && f.flag("watch_each_slice")};
}

Request read_count_exactly(Reader& f) {
  return CountExactly{.id = f.text("id"),
                      .operations = f.whole("operations", 1, kMaxOperations),
                      .stepping = f.flag("stepping"),
                      .most_steps = f.whole("most_steps", 0, kMaxOperations),
                      .inject_percent = f.real("inject_percent", 0.0, 10'000.0)};
}

Request read_count_allocations(Reader& f) {
  return CountAllocations{.id = f.text("id"),
                          .operations = f.whole("operations", 1, kMaxOperations)};
}

Request read_record_heap(Reader& f) {
  return RecordHeap{.id = f.text("id"),
                    .operations = f.whole("operations", 1, kMaxHeapOperations),
                    .most_bytes = f.whole("most_bytes", 4096, kMaxHeapBytes),
                    .file = f.text("file")};
}

Request read_take_profile(Reader& f) {
  return TakeProfile{.id = f.text("id"),
                     .batching = {.operations = f.whole("operations", 1, kMaxOperations),
                                  .slices = f.small("slices", 1, kMaxSlices)},
                     .warm_up_ns = f.whole("warm_up_ns", 0, kMaxNs),
                     .heap_padding = f.whole("heap_padding", 0, 1U << 30U),
                     .rounds = f.small("rounds", 1, kMaxSlices),
                     .sampled_slices = f.small("sampled_slices", 1, kMaxSlices),
                     .period_ns = f.whole("period_ns", kLeastPeriodNs, kMaxNs),
                     .stack_bytes = f.whole("stack_bytes", 8, kMaxSampleStack),
                     .by_timer = f.flag("by_timer"),
                     .file = f.text("file")};
}

constexpr Kind<Request> kRequests[] = {
    {"list", [](Reader&) -> Request { return List{}; }},
    {"calibrate", read_calibrate},
    {"visit", read_take_visit},
    {"exact", read_count_exactly},
    {"allocations", read_count_allocations},
    {"heap", read_record_heap},
    {"profile", read_take_profile},
    {"quit", [](Reader&) -> Request { return Quit{}; }},
};

}  // namespace

Result<Request> decode_request(std::string_view line) { return decode(line, "request", kRequests); }

}  // namespace pulsebench::wire
