#pragma once

#include <benchmark/benchmark.h>

#include <pulsebench/harness/traits.hpp>

#include "partner.hpp"

using Run = void (*)(benchmark::State&, Placement);

/// Registers `run` under `id`, a literal, for two cores. It informs (tier 3): the wake-up of an
/// idle core costs more than the channel.
inline bool offer_on_two_cores(Run run, const char* id) {
  benchmark::RegisterBenchmark(id, run, Placement::other_core);
  const pulsebench::Traits traits{id, {.tier = 3, .threads = 2}};
  return true;
}

/// Registers `run` under two ids, literals, for one core and for two.
inline bool offer(Run run, const char* same_core, const char* other_core) {
  benchmark::RegisterBenchmark(same_core, run, Placement::same_core);
  return offer_on_two_cores(run, other_core);
}
