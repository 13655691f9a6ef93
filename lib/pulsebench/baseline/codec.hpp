#pragma once

#include <string>
#include <string_view>

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::baseline {

/// How much of a document is wanted. What is not wanted is skipped, and not checked.
enum class Detail {
  everything,
  judgement,  ///< all but the pooled quantiles: what `compare` needs
  values,     ///< of the launches the reference kernel alone: what a history needs
  envelope,   ///< all but the benchmarks: what a list of baselines shows
};

/// The document as JSON, `docs/result.schema.json`, ending in a newline. Measured numbers keep
/// 7 significant digits. Pure.
[[nodiscard]] std::string encode(const Document& document);

/// The document in `json`. Unknown keys are ignored, as newer minor versions add some; an unknown
/// schema version, a torn or foreign text, a missing field, a wrong type, a number that is not
/// finite or is negative, columns of different lengths and an id that comes twice are `bad_input`:
/// one line that names `file_name` and the field. Pure.
[[nodiscard]] Result<Document> decode(std::string_view json, std::string_view file_name,
                                      Detail detail = Detail::everything);

}  // namespace pulsebench::baseline
