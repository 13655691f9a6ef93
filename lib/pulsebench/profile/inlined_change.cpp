#include "pulsebench/profile/inlined_change.hpp"

#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "pulsebench/profile/elf_file.hpp"
#include "pulsebench/profile/libdw.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/profile/symbolizer.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kMost = 0.5;  // of the difference of the function that has the code

/// The difference of one inlined function, and of each of its lines.
struct InlinedPart {
  std::string name;
  double difference = 0.0;
  std::map<std::pair<std::string, int>, double> lines = {};
};

using Parts = std::map<std::string, InlinedPart>;  // by the name that both builds share

void add(Parts& parts, const ExecutedFunction& function, double sign, Symbolizer& symbolizer) {
  for (const ExecutedInstruction& one : function.each) {
    const auto& frames = symbolizer.frames_in(function.object, one.address);
    if (frames.size() < 2) continue;
    const Frame& innermost = frames.front();
    InlinedPart& part = parts[matching_name(innermost.function)];
    part.name = innermost.function;
    part.difference += sign * one.executions;
    if (innermost.line > 0) part.lines[{innermost.file, innermost.line}] += sign * one.executions;
  }
}

/// All functions of a side that the two builds call by one name.
void add(Parts& parts, const OperationProfile& side, const std::string& name, double sign,
         Symbolizer& symbolizer) {
  for (const ExecutedFunction& function : side.functions) {
    if (matching_name(function.name) == name) add(parts, function, sign, symbolizer);
  }
}

std::optional<SourceLine> most_changed_line(const InlinedPart& part) {
  std::optional<SourceLine> found;
  double most = 0.0;
  const double sign = part.difference < 0.0 ? -1.0 : 1.0;
  for (const auto& [line, difference] : part.lines) {
    if (sign * difference <= most) continue;
    most = sign * difference;
    found = SourceLine{.file = line.first, .line = line.second};
  }
  return found;
}

}  // namespace

void name_inlined(Explanation& explanation, const OperationProfile& base,
                  const OperationProfile& candidate) {
  if (libdw() == nullptr) return;
  ElfFiles files;
  Symbolizer symbolizer{files};
  for (FunctionChange& change : explanation.functions) {
    Parts parts;
    const std::string name = matching_name(change.name);
    add(parts, base, name, -1.0, symbolizer);
    add(parts, candidate, name, 1.0, symbolizer);
    double least = kMost * std::abs(change.difference());
    for (const auto& [inlined, part] : parts) {
      const bool alike = (part.difference < 0.0) == (change.difference() < 0.0);
      if (!alike || std::abs(part.difference) < least || inlined == name) continue;
      least = std::abs(part.difference);
      change.inlined = InlinedChange{
          .name = part.name, .where = most_changed_line(part), .difference = part.difference};
    }
  }
}

}  // namespace pulsebench::profile
