#pragma once

#include <map>
#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/session/kept_binaries.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// The results of a document by id. It refers to them.
using ResultsById = std::map<BenchmarkId, const baseline::BenchmarkResult*>;
[[nodiscard]] ResultsById by_id(const baseline::Document& document);

/// The suites that stored results were measured with, as far as they are available: those that runs
/// kept here, and those built with this program. A configured folder is not searched: nothing is
/// started that only the repository chose. Each is opened once, and stays in use.
class SideBinaries {
 public:
  explicit SideBinaries(const Session& session)
      : session_(session), kept_(session.workspace.store) {}

  /// Where `benchmark` of `document`, whose program calls it `id`, can be measured again, with the
  /// work that was injected then. Else why not, as in "suite 'x': it was changed since it was
  /// kept".
  [[nodiscard]] Result<run::Source> source_of(const baseline::Document& document,
                                              const baseline::BenchmarkResult& benchmark,
                                              const BenchmarkId& id);

 private:
  const Result<run::Suite>& suite_of(const std::string& sha256);
  Result<run::Program> locate(const std::string& sha256);

  const Session& session_;
  KeptBinaries kept_;
  std::vector<KeptBinary> in_use_;
  std::map<std::string, Result<run::Suite>> opened_;  ///< by SHA-256
};

}  // namespace pulsebench::session
