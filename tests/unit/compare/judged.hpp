#pragma once

#include "pulsebench/compare/comparison.hpp"

namespace pulsebench::compare {

/// A benchmark of tier 0 with that verdict, which gates.
inline Judged judged(const char* id, Verdict verdict) {
  Judged made{.info = {.id = *BenchmarkId::parse(id)}, .verdict = verdict};
  made.gates = true;
  return made;
}

/// One that the new side lacks.
inline Judged gone(const char* id) {
  Judged made = judged(id, Verdict::not_judged);
  made.missing = true;
  return made;
}

inline Comparison comparison(std::vector<Judged> benchmarks) {
  Comparison made;
  made.benchmarks = std::move(benchmarks);
  return made;
}

}  // namespace pulsebench::compare
