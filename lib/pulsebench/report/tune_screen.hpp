#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/style.hpp"

namespace pulsebench::report {

/// One knob of the machine, as `tune` shows it.
struct KnobLine {
  enum class Mood { good, open, bad, absent };  ///< absent: this machine has no such thing
  Mood mood = Mood::good;
  std::string name = {};       ///< "governor"
  std::string original = {};   ///< "powersave"
  std::string achieved = {};   ///< "performance"
  std::string requested = {};  ///< "performance"
  std::string outcome = {};    ///< "set", "not permitted", ...
  std::string reason = {};     ///< one line; empty where the outcome says it all
};

/// `verdict` in one line, what was and could be turned as a table, what this machine does not have
/// in one line, `next` as the likely next command. Pure.
[[nodiscard]] std::string tune_text(const std::vector<KnobLine>& knobs, const std::string& verdict,
                                    const std::string& next, const render::Style& style);

/// `knobs[]` with `name`, `outcome`, `original`, `requested`, `achieved`, `reason`, and `verdict`.
/// Schema id `pulsebench-tune`, version 1. Pure.
[[nodiscard]] std::string tune_json(const std::vector<KnobLine>& knobs, const std::string& verdict);

}  // namespace pulsebench::report
