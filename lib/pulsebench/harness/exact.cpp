#include "pulsebench/harness/exact.hpp"

#include <cmath>

#include "pulsebench/harness/single_step.hpp"

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif

namespace pulsebench::harness {
namespace {

wire::Event failed(const wire::CountExactly& ask, std::string reason) {
  return wire::Failed{.id = ask.id, .status = Status::failed, .reason = std::move(reason)};
}

/// Injected work is part of the operations that were asked for, as in a visit.
std::uint64_t with_injected(std::uint64_t times, const wire::CountExactly& ask) {
  return times +
         static_cast<std::uint64_t>(static_cast<double>(times) * ask.inject_percent / 100.0);
}

wire::Event under_callgrind(const wire::CountExactly& ask, const Batch& batch) {
#if defined(CALLGRIND_TOGGLE_COLLECT)
  if (RUNNING_ON_VALGRIND == 0) return failed(ask, "it does not run under valgrind");
  const auto run = [&](std::uint64_t times) {
    batch.run(batch.operation, with_injected(times, ask));
  };
  run(ask.operations);  // what happens once only has happened
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  run(ask.operations);
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT("once");  // and start again from zero
  CALLGRIND_TOGGLE_COLLECT;
  run(2 * ask.operations);
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT("twice");
  return wire::CountedExactly{.id = ask.id, .once = 0, .twice = 0};
#else
  (void)batch;
  return failed(ask, "the harness was built without valgrind's headers");
#endif
}

wire::Event step_by_step(const wire::CountExactly& ask, const Batch& batch) {
  const auto steps = [&](std::uint64_t times) {
    return steps_of([&] { batch.run(batch.operation, with_injected(times, ask)); }, ask.most_steps);
  };
  batch.run(batch.operation, ask.operations);
  const auto once = steps(ask.operations);
  if (!once) return failed(ask, once.error().message);
  const auto twice = steps(2 * ask.operations);
  if (!twice) return failed(ask, twice.error().message);
  return wire::CountedExactly{.id = ask.id, .once = *once, .twice = *twice};
}

}  // namespace

wire::Event count_exactly(const wire::CountExactly& ask, const Batch& batch) {
  return ask.stepping ? step_by_step(ask, batch) : under_callgrind(ask, batch);
}

}  // namespace pulsebench::harness
