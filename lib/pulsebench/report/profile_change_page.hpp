#pragma once

#include <string>

#include "pulsebench/profile/function_change.hpp"
#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// Two profiles of a benchmark, and what changed between them.
struct ProfilePair {
  std::string old_name, new_name;
  profile::CpuProfile old_side, new_side;
  profile::ProfileChange change;
  bool regressed = false;  ///< beyond the threshold of the benchmark
};

/// Which functions made the operation slower or faster, in nanoseconds, and a flame graph of the
/// new side in which only significant changes have a colour.
[[nodiscard]] render::Page profile_change_page(ProfilePair pair, profile::SpotsBy by,
                                               int exit_code);

}  // namespace pulsebench::report
