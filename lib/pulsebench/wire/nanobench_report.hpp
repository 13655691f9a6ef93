#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/result.hpp"
#include "pulsebench/vocabulary/sample.hpp"

namespace pulsebench::wire {

/// One result in what nanobench renders with its own JSON template.
struct NanobenchResult {
  std::string id;             ///< the title, unless it is nanobench's "benchmark", and the name
  std::vector<Slice> epochs;  ///< ns of one unit; nanobench measures no CPU time
};

/// Returns true for a text that could be nanobench's JSON: it names the field "results" and one of
/// each epoch. Cheap.
[[nodiscard]] bool looks_like_nanobench(std::string_view text);

/// The results in `text`: what nanobench writes with `templates::json()`, after anything else that
/// the program printed. `child_failed` where there is none, where one has no epochs, as a template
/// of the program's own may have it, and where a time is no time.
[[nodiscard]] Result<std::vector<NanobenchResult>> decode_nanobench(std::string_view text);

}  // namespace pulsebench::wire
