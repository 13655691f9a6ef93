#pragma once

#include <string>

#include "pulsebench/compare/gate.hpp"
#include "pulsebench/profile/function_change.hpp"
#include "pulsebench/session/profile_cpu.hpp"

namespace pulsebench::session {

/// Profiles of both sides, and what changed between them.
struct ProfileComparison {
  std::string old_name, new_name;
  profile::CpuProfile old_side, new_side;  ///< of equally many processes
  profile::ProfileChange change;
  compare::Gate gate;
  int interrupted_by = 0;

  /// True if the operation became significantly slower beyond the threshold of its benchmark.
  [[nodiscard]] bool regressed() const;
};

/// Samples a benchmark of the project and the same one of `old_side`, block by block: a process of
/// each side in the same layout, in random order. `old_side` is what `ab` takes: a build folder, an
/// executable or a git revision; or a baseline whose executable was kept. Ends once four fifths of
/// the operation's difference are explained by functions, or after `request.seconds`, 30 by
/// default. Takes six blocks at least. Fails as `profile_cpu` does, and where a side lacks the
/// benchmark.
[[nodiscard]] Result<ProfileComparison> profile_against(const Session& session,
                                                        const ProfileCpuRequest& request,
                                                        const std::string& old_side,
                                                        profile::SpotsBy by);

}  // namespace pulsebench::session
