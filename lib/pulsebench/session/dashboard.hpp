#pragma once

#include <string>
#include <vector>

#include "pulsebench/compare/dashboard.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// All stored runs and baselines, and the verdict on the newest run of each machine.
struct Dashboard {
  std::vector<baseline::Entry> results;  ///< `machines` refers to them
  std::vector<compare::MachineResults> machines;
};

/// Reads only, and measures nothing.
[[nodiscard]] Result<Dashboard> dashboard(const Session& session);

/// A name for the file of a page, from a name that may be anything: what of `shown` is harmless in
/// every file system, and a hash of `identity`, by which two pages differ. Pure.
[[nodiscard]] std::string file_stem(const std::string& shown, const std::string& identity);

}  // namespace pulsebench::session
