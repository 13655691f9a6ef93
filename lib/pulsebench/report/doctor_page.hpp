#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"

namespace pulsebench::report {

/// One thing `doctor` looked at.
struct CheckLine {
  /// In the order a reader should care. `not_applicable` is an answer of its own: this machine has
  /// no such thing.
  enum class State { bad, warning, ok, not_applicable };
  State state = State::ok;
  std::string name = {};         ///< "governor"
  std::string seen = {};         ///< "powersave"
  std::string consequence = {};  ///< "short benchmarks run at a lower clock"; empty where ok
  std::string fix = {};          ///< the exact command, or what only the host can do; empty: none
};

/// Worst first: the sum in one line, then each finding with its consequence and the command that
/// fixes it; what does not fit a screen, what is fine, and what does not apply here, by name. `all`
/// lists everything. The document has `checks[]` with `name`, `state` ("bad", "warning", "ok",
/// "not_applicable"), `seen`, `consequence`, `fix`, in the given order, and `verdict`, the worst
/// state: schema id `pulsebench-doctor`, version 1.
[[nodiscard]] render::Page doctor_page(const std::vector<CheckLine>& checks, bool all);

}  // namespace pulsebench::report
