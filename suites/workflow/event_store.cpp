// Events of submissions in LMDB.
#include "workflow/event_store.hpp"

#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "temporary_store.hpp"

namespace {

using workflow::EventKind;
using workflow::EventStore;
using workflow::SubmissionId;

/// Appends `count` events of a new submission in one transaction.
bool append(EventStore& store, std::int64_t count, const workflow::Event& event) {
  auto appender = store.begin_append();
  if (!appender) return false;
  const SubmissionId id = appender->add_submission();
  for (; count > 0; --count) {
    if (!appender->append(id, event)) return false;
  }
  return appender->commit().has_value();
}

workflow::Event event_of(std::size_t bytes) {
  return {EventKind::received, 1'700'000'000'000, std::string(bytes, 'x')};
}

// Events of 200 bytes. The commit does not wait for the disk, so that this is the cost of the CPU.
void write_events(benchmark::State& state) {
  auto store = suites::make_temporary_store();
  if (!store) return state.SkipWithError(store.error().message.c_str());
  const workflow::Event event = event_of(200);
  pulsebench::measure(state, [&store, &event, count = state.range(0)] {
    pulsebench::consume(append(*store, count, event));
  });
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(write_events)->Name("workflow/event_store/write")->Arg(10)->Arg(100)->Arg(1000);

// The same with a commit that waits for the disk of TMPDIR.
void write_to_disk(benchmark::State& state) {
  auto store = suites::make_temporary_store(/*sync=*/true);
  if (!store) return state.SkipWithError(store.error().message.c_str());
  const workflow::Event event = event_of(200);
  pulsebench::measure_latency(state, [&store, &event, count = state.range(0)] {
    pulsebench::consume(append(*store, count, event));
  });
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(write_to_disk)->Name("workflow/event_store/write_to_disk")->Arg(1)->Arg(1000);

// The three events of one of 10,000 submissions, in a random order.
void read_history(benchmark::State& state) {
  constexpr SubmissionId kSubmissions = 10'000;
  auto store = suites::make_temporary_store();
  if (!store) return state.SkipWithError(store.error().message.c_str());
  const workflow::Event event = event_of(200);
  for (SubmissionId id = 1; id <= kSubmissions; ++id) {
    if (!append(*store, 3, event)) return state.SkipWithError("cannot fill the store");
  }
  pulsebench::measure(state, [&store, next = SubmissionId{1}]() mutable {
    next = (next * 7919 + 12'345) % kSubmissions;
    pulsebench::consume(store->read(next + 1).value().size());
  });
}
BENCHMARK(read_history)->Name("workflow/event_store/read");

}  // namespace
