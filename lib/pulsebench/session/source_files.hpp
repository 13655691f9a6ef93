#pragma once

#include <filesystem>
#include <optional>

#include "pulsebench/vocabulary/source_line.hpp"

namespace pulsebench::session {

/// The source files of a project's repository.
class SourceFiles {
 public:
  /// Those of the git work tree around `root`; without one, those in `root`.
  explicit SourceFiles(const std::filesystem::path& root);

  /// The same line with its file relative to the repository. The compiler may have seen the file
  /// elsewhere, in a copy or from another folder: the longest end of its path that exists here
  /// counts. Empty where there is no such file, or `named` is empty.
  [[nodiscard]] std::optional<SourceLine> find(const std::optional<SourceLine>& named) const;
  /// The same; of a file that is not in the repository, its name without folders.
  [[nodiscard]] std::optional<SourceLine> name(const std::optional<SourceLine>& named) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace pulsebench::session
