#pragma once

#include <string>
#include <vector>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/exchange/importers.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

struct ImportRequest {
  std::string file;                              ///< or a folder of Criterion.rs, or "-"
  const exchange::Importer* importer = nullptr;  ///< null: recognised by the content
  std::string save = {};                         ///< the baseline to save as; empty: none
  std::vector<std::string> command_line = {};    ///< for the result document
  std::string tool_version = {};
};

/// The result of another tool, saved where that is asked for. `bad_input` where it is not of a
/// known format.
[[nodiscard]] Result<baseline::Document> import_result(const Session& session,
                                                       const ImportRequest& request);

/// `error`, which loading the result `reference` gave; or, where that is a file that another tool
/// wrote, what it is and how to import it.
[[nodiscard]] Error with_import_hint(Error error, const std::string& reference);

/// Loads a stored result, and says how to import what another tool wrote.
[[nodiscard]] Result<baseline::Document> load_result(const Session& session,
                                                     const std::string& reference);

}  // namespace pulsebench::session
