#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/session/session.hpp"
#include "pulsebench/trend/kept_nights.hpp"

namespace pulsebench::session {

/// The full result of a night.
struct NightFile {
  std::string name;  ///< "nightly/2026-01-31"
  std::string kind;  ///< of the machine
  std::string why;   ///< it is kept although it is old, or could not be removed; else empty
};

struct PrunedNights {
  std::vector<NightFile> removed;  ///< with `dry_run`: what would be removed
  std::map<trend::KeptFor, std::size_t> kept;
  /// What is not proven to be a night whose line is in the history, or could not be removed.
  std::vector<NightFile> left;
};

/// Removes the full results of nights that nobody needs (`trend::nights_to_keep`), of every kind of
/// machine: files `baselines/nightly/DATE/KIND.json` that hold a complete result of reason
/// "nightly", whose run is the one in the line of that day in the history of its kind. Everything
/// else below `baselines/` is left alone. The history is not changed. A history that cannot be read
/// is an error, and nothing is removed.
[[nodiscard]] Result<PrunedNights> prune_nights(const Session& session, std::size_t newest,
                                                bool dry_run);

}  // namespace pulsebench::session
