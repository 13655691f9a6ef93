#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"

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

/// `verdict` in one line, what was and could be set as a table, what this machine does not have in
/// one line, `next` as the likely next command. The document has `verdict` and `knobs[]` with
/// `name`, `outcome`, `original`, `requested`, `achieved`, `reason`: schema id `pulsebench-tune`,
/// version 1.
[[nodiscard]] render::Page tune_page(const std::vector<KnobLine>& knobs, const std::string& verdict,
                                     const std::string& next);

}  // namespace pulsebench::report
