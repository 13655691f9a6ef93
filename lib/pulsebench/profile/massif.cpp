#include "pulsebench/profile/massif.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace pulsebench::profile {
namespace {

/// The next line of `text`, which is taken from it.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// ` n2: 1024 0x109728: keep(int) (mem.cpp:13)`; its depth is the number of blanks before it.
struct TreeLine {
  std::size_t depth = 0;
  unsigned long long callers = 0, bytes = 0;
  std::string_view frame;
};

std::optional<TreeLine> read_tree_line(std::string_view line) {
  TreeLine read;
  read.depth = std::min(line.find_first_not_of(' '), line.size());
  line.remove_prefix(read.depth);
  if (!line.starts_with('n')) return std::nullopt;
  line.remove_prefix(1);
  const std::size_t colon = line.find(": ");
  const auto callers = read_count(line);
  if (colon == line.npos || !callers) return std::nullopt;
  line.remove_prefix(colon + 2);
  const auto bytes = read_count(line);
  const std::size_t blank = line.find(' ');
  if (!bytes || blank == line.npos) return std::nullopt;
  read.callers = *callers;
  read.bytes = *bytes;
  read.frame = line.substr(blank + 1);
  return read;
}

/// The lines of the tree at the peak: each that has no callers ends a branch. The first line is the
/// allocation functions together.
Result<void> read_peak(std::string_view& text, MassifProfile& profile) {
  std::vector<Frame> branch;
  while (text.starts_with(' ') || text.starts_with('n')) {
    const auto line = read_tree_line(take_line(text));
    if (!line || line->depth > kMostToolFrames || line->depth > branch.size()) {
      return fail(ErrorCode::bad_input, "massif's tree of the peak is malformed");
    }
    branch.resize(line->depth);
    const bool below_threshold = line->frame.starts_with("in ");  // "in 5 places, all below ..."
    branch.push_back(below_threshold ? Frame{.function = "elsewhere"}
                                     : read_valgrind_frame(line->frame));
    if (line->depth == 0) profile.peak_bytes = static_cast<double>(line->bytes);
    if (line->callers > 0) continue;
    if (profile.at_peak.size() == kMostFindings) {
      return fail(ErrorCode::bad_input, "massif's tree of the peak has too many branches");
    }
    profile.at_peak.push_back(
        {.bytes = static_cast<double>(line->bytes), .frames = {branch.begin() + 1, branch.end()}});
  }
  return {};
}

}  // namespace

Result<MassifProfile> read_massif(std::string_view text) {
  MassifProfile profile;
  if (!text.starts_with("desc:")) {
    return fail(ErrorCode::bad_input,
                "this is no output of massif: it does not begin with 'desc:'");
  }
  constexpr std::string_view kHeap = "mem_heap_B=";
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.starts_with(kHeap)) {
      const auto bytes = read_count(line.substr(kHeap.size()));
      if (!bytes || profile.heap_bytes.size() == kMostFindings) {
        return fail(ErrorCode::bad_input, "massif's snapshots are malformed");
      }
      profile.heap_bytes.push_back(static_cast<double>(*bytes));
    } else if (line == "heap_tree=peak") {
      profile.at_peak.clear();
      if (auto read = read_peak(text, profile); !read) return tl::unexpected{read.error()};
    }
  }
  if (profile.heap_bytes.empty()) return fail(ErrorCode::bad_input, "massif took no snapshot");
  std::stable_sort(profile.at_peak.begin(), profile.at_peak.end(),
                   [](const ToolFinding& a, const ToolFinding& b) { return a.bytes > b.bytes; });
  return profile;
}

}  // namespace pulsebench::profile
