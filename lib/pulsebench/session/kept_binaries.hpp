#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/baseline/store.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// The suite executables behind stored results, `.pulsebench/bin/<sha256>`: what lets a comparison
/// measure both sides again. A name is a promise of the content, and is checked before each use.
/// Executables alone are kept: a shared library that a suite loads is not.
class KeptBinaries {
 public:
  explicit KeptBinaries(std::filesystem::path folder);

  /// Copies `executable`, whole or not at all, unless it is there already. `bad_input` where its
  /// content is not that of `sha256` (any more), `io` where it cannot be read or written.
  [[nodiscard]] Result<void> keep(const std::filesystem::path& executable,
                                  const std::string& sha256) const;

  /// The file to start. `not_found` where none is kept, `bad_input` where its content is not what
  /// its name says: such a file is never started.
  [[nodiscard]] Result<std::filesystem::path> find(const std::string& sha256) const;

  /// Removes every binary that `named` does not have. What cannot be removed stays.
  void prune(const std::set<std::string>& named) const;

 private:
  std::filesystem::path folder_;
};

/// The binaries that a stored run or a baseline names, by their SHA-256.
[[nodiscard]] std::set<std::string> named_binaries(const baseline::Store& store);

}  // namespace pulsebench::session
