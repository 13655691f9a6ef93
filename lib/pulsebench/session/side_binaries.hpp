#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/kept_binaries.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// The suites that stored results were measured with, as far as they are available: kept ones, and
/// those of the current build. Each is opened once.
class SideBinaries {
 public:
  explicit SideBinaries(const Session& session);

  /// Where `benchmark` of `document` can be measured again, with the work that was injected then.
  /// Else why not, and the way out; `side` is "old" or "new".
  [[nodiscard]] Result<run::Source> source_of(const baseline::Document& document,
                                              const baseline::BenchmarkResult& benchmark,
                                              const char* side);

 private:
  [[nodiscard]] const Result<run::Suite>& suite_of(const std::string& sha256);
  [[nodiscard]] Result<std::filesystem::path> locate(const std::string& sha256);

  const Session& session_;
  KeptBinaries kept_;
  std::map<std::string, Result<run::Suite>> opened_;  ///< by SHA-256
};

}  // namespace pulsebench::session
