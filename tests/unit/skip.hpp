#pragma once

#include <doctest/doctest.h>

namespace pulsebench {

/// Records that a test case was skipped; the executable then exits with 77, if no case failed.
void note_skip();

}  // namespace pulsebench

/// Ends the test case as skipped. `reason` names what is missing: "needs root".
#define PULSEBENCH_SKIP(reason)     \
  do {                              \
    MESSAGE("skipped: " << reason); \
    pulsebench::note_skip();        \
    return;                         \
  } while (false)
