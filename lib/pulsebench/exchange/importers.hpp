#pragma once

#include <span>
#include <string_view>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/outline.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::exchange {

/// A format that is read. Another one is one file, and one row of the table in `importers.cpp`.
struct Importer {
  std::string_view name;     ///< as `--from` spells it
  std::string_view tool;     ///< "Google Benchmark"
  std::string_view written;  ///< how the tool writes it
  bool (*recognises)(const Outline& outline);
  /// What the source says; `bad_input` where it is not of the format.
  Result<ForeignReport> (*read)(const Source& source);
};

[[nodiscard]] std::span<const Importer> importers();

/// Null where there is none of that name.
[[nodiscard]] const Importer* find_importer(std::string_view name);

/// The format of a source, by its content. `bad_input`, naming the candidates, where it is none or
/// could be several.
[[nodiscard]] Result<const Importer*> recognise(const Source& source);

/// The result that the source stands for: of kind `imported`, without what only the caller knows
/// (the version of this program, the project, the command line). `bad_input` where the source is
/// not of the format, is too large, has no benchmark, or two that would get one id. Pure.
[[nodiscard]] Result<baseline::Document> import_source(const Source& source,
                                                       const Importer& importer);

}  // namespace pulsebench::exchange
