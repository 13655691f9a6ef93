#pragma once

#include <filesystem>
#include <string>

#include "pulsebench/baseline/store.hpp"
#include "pulsebench/os/descriptor.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// A kept executable. While this object lives, no process prunes it.
struct KeptBinary {
  std::filesystem::path file;
  os::Descriptor in_use;
  run::ProgramOptions options = {};  ///< that it was last measured with
};

/// The suite executables behind stored results, `.pulsebench/bin/<sha256>`: what lets a comparison
/// measure both sides again. A name is a promise of the content, and is checked before each use.
/// That it was a run which kept it says a record, `.pulsebench/kept/<sha256>`, with the id of the
/// run, and how it started the executable: a file that lies there without one is neither started
/// nor removed. Executables alone are kept: a shared library that a suite loads is not.
class KeptBinaries {
 public:
  explicit KeptBinaries(const baseline::Store& store) : store_(store) {}

  /// Copies the program that `run_id` measured, whole or not at all, unless it is there already.
  /// `bad_input` where its content is not that of `sha256` (any more), `io` where it cannot be read
  /// or written.
  [[nodiscard]] Result<void> keep(const run::Program& program, const std::string& sha256,
                                  const std::string& run_id) const;

  /// The file to start. `not_found` where none is kept, `bad_input` where no run here kept it or
  /// its content is not what its name says: such a file is never started.
  [[nodiscard]] Result<KeptBinary> find(const std::string& sha256) const;

  /// Removes the executables that a run kept more than an hour ago, that no stored run or baseline
  /// names any more and that nobody uses; none where a run or a baseline cannot be read. What
  /// cannot be removed stays.
  void prune() const;

 private:
  const baseline::Store& store_;
};

}  // namespace pulsebench::session
