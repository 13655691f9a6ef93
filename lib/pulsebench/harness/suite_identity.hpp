#pragma once

namespace pulsebench::harness {

/// What `pulsebench_add_suite()` writes into a suite: who it is and how it was compiled.
struct SuiteIdentity {
  const char* name;
  int tier;          ///< 0 to 3, for benchmarks that do not say otherwise (traits.hpp)
  const char* role;  ///< "operation" or "floor"
  const char* compiler;
  const char* flags;
  const char* build_type;
};

/// Defined by the suite; a program that links the harness without `pulsebench_add_suite()` gets
/// one that says "unknown".
extern const SuiteIdentity kSuiteIdentity;

}  // namespace pulsebench::harness
