#pragma once

namespace pulsebench::harness {

/// Identity and compiler settings of a suite, written by `pulsebench_add_suite()`.
struct SuiteIdentity {
  const char* name;
  int tier;          ///< 0 to 3, for benchmarks that do not say otherwise (traits.hpp)
  const char* role;  ///< "operation" or "floor"
  const char* compiler;
  const char* flags;
  const char* build_type;
};

/// Defined by the suite; without `pulsebench_add_suite()` its fields are "unknown".
extern const SuiteIdentity kSuiteIdentity;

}  // namespace pulsebench::harness
