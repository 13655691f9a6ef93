#include "pulsebench/profile/heaptrack.hpp"

#include <algorithm>
#include <optional>

namespace pulsebench::profile {
namespace {

/// A stack and its cost; a name may have blanks and parentheses in it, but no semicolon.
std::optional<ToolFinding> read_folded(std::string_view line, HeaptrackCost cost) {
  const std::size_t blank = line.rfind(' ');
  if (blank == line.npos || blank == 0 || line[blank - 1] != ';') return std::nullopt;
  const auto count = read_count(line.substr(blank + 1));
  if (!count) return std::nullopt;
  ToolFinding finding;
  (cost == HeaptrackCost::allocations ? finding.blocks : finding.bytes) =
      static_cast<double>(*count);
  line = line.substr(0, blank);
  while (!line.empty() && finding.frames.size() < kMostToolFrames) {
    const std::size_t end = line.find(';');
    finding.frames.push_back(read_valgrind_frame(line.substr(0, end)));
    line.remove_prefix(end + 1);
  }
  std::reverse(finding.frames.begin(), finding.frames.end());
  return finding;
}

}  // namespace

Result<std::vector<ToolFinding>> read_heaptrack(std::string_view text, HeaptrackCost cost) {
  std::vector<ToolFinding> findings;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto finding = read_folded(line, cost);
    if (!finding || findings.size() == kMostFindings) {
      return fail(ErrorCode::bad_input, "heaptrack_print's stacks are malformed");
    }
    if (finding->blocks + finding->bytes > 0.0) findings.push_back(*std::move(finding));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const ToolFinding& a, const ToolFinding& b) {
                     return a.blocks + a.bytes > b.blocks + b.bytes;
                   });
  return findings;
}

}  // namespace pulsebench::profile
