#pragma once

#include "pulsebench/baseline/document.hpp"
#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/importers.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::exchange {

/// The result that `report` stands for, read by `importer` from `source`. A benchmark with a time
/// that is none has failed. The value is the median of the launches' medians, and has no noise
/// where there is one launch. `bad_input` where there is no benchmark or too many, or two get one
/// id.
[[nodiscard]] Result<baseline::Document> document_of(ForeignReport report, const Importer& importer,
                                                     const Source& source);

}  // namespace pulsebench::exchange
