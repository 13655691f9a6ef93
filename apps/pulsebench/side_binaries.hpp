#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "kept_binaries.hpp"
#include "pulsebench/baseline/document.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/suite.hpp"
#include "workspace.hpp"

namespace pulsebench::app {

/// The suites that stored results were measured with, as far as they are at hand: kept ones, and
/// those of the current build. Each is opened once.
class SideBinaries {
 public:
  explicit SideBinaries(const Workspace& workspace);

  /// Where `benchmark` of `document` can be measured again, with the work that was injected then.
  /// Else why not, and the way out; `side` is "old" or "new".
  [[nodiscard]] Result<run::Source> source_of(const baseline::Document& document,
                                              const baseline::BenchmarkResult& benchmark,
                                              const char* side);

 private:
  [[nodiscard]] const Result<run::Suite>& suite_of(const std::string& sha256);
  [[nodiscard]] Result<std::filesystem::path> locate(const std::string& sha256);

  const Workspace& workspace_;
  KeptBinaries kept_;
  std::map<std::string, Result<run::Suite>> opened_;  ///< by SHA-256
};

}  // namespace pulsebench::app
