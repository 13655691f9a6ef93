#include "pulsebench/profile/dhat.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::profile {
namespace {

constexpr double kMostCounted = 1e15;

/// Two processes load a program at the same addresses or not: its functions and lines tell.
std::string key_of(const std::vector<Frame>& frames) {
  std::string key;
  for (const Frame& frame : frames) {
    key += frame.function + '\n' + frame.file + ':' + std::to_string(frame.line) + '\n';
  }
  return key;
}

DhatPoint read_point(json::Reader& entry, const std::vector<Frame>& table) {
  const auto optional = [&](const char* name) {
    return entry.has(name) ? entry.real(name, 0.0, kMostCounted) : 0.0;
  };
  DhatPoint point{.blocks = entry.real("tbk", 0.0, kMostCounted),
                  .bytes = entry.real("tb", 0.0, kMostCounted),
                  .blocks_at_end = optional("ebk"),
                  .bytes_at_end = optional("eb"),
                  .frames = {}};
  for (const std::uint64_t index : entry.wholes("fs", kMostToolFrames, kMostFindings)) {
    if (index >= table.size()) {
      entry.note("fs", "names a frame that is not in 'ftbl'");
      break;
    }
    point.frames.push_back(table[index]);
  }
  return point;
}

}  // namespace

Result<std::vector<DhatPoint>> read_dhat(std::string_view text) {
  PB_TRY(const auto document, json::parse_leniently(text, "DHAT's output"));
  json::Problem problem;
  json::Reader fields{document, problem};
  if (fields.small("dhatFileVersion", 0, 1'000'000) != 2 && !problem.noted()) {
    fields.note("dhatFileVersion", "must be 2");
  }
  std::vector<std::string> texts;
  fields.read("ftbl", texts, json::TextBounds{});
  std::vector<Frame> table;
  for (const std::string& frame : texts) table.push_back(read_valgrind_frame(frame));
  std::vector<DhatPoint> points;
  fields.each("pps", kMostFindings,
              [&](json::Reader& entry) { points.push_back(read_point(entry, table)); });
  if (problem.noted()) return problem.in("DHAT's output");
  return points;
}

std::vector<ToolFinding> dhat_slopes(const std::vector<DhatPoint>& few,
                                     const std::vector<DhatPoint>& more, double operations) {
  struct Difference {
    const DhatPoint* point = nullptr;
    double blocks = 0.0, bytes = 0.0, blocks_left = 0.0, bytes_left = 0.0;

    void add(const DhatPoint& counted, double sign) {
      point = &counted;
      blocks += sign * counted.blocks;
      bytes += sign * counted.bytes;
      blocks_left += sign * counted.blocks_at_end;
      bytes_left += sign * counted.bytes_at_end;
    }
  };
  std::map<std::string, Difference> by_stack;
  for (const DhatPoint& point : few) by_stack[key_of(point.frames)].add(point, -1.0);
  for (const DhatPoint& point : more) by_stack[key_of(point.frames)].add(point, 1.0);
  std::vector<ToolFinding> slopes;
  for (const auto& entry : by_stack) {
    const Difference& difference = entry.second;
    const auto add = [&](const char* kind, double blocks, double bytes) {
      if (blocks <= 0.0) return;
      slopes.push_back({.kind = kind,
                        .blocks = blocks / operations,
                        .bytes = bytes / operations,
                        .frames = difference.point->frames});
    };
    add("left", difference.blocks_left, difference.bytes_left);
    add("", difference.blocks, difference.bytes);
  }
  std::stable_sort(slopes.begin(), slopes.end(), [](const ToolFinding& a, const ToolFinding& b) {
    if (a.kind.empty() != b.kind.empty()) return !a.kind.empty();
    return a.blocks > b.blocks;
  });
  return slopes;
}

}  // namespace pulsebench::profile
