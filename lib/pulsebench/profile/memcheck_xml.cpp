#include "pulsebench/profile/memcheck_xml.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/wire/xml_tags.hpp"

namespace pulsebench::profile {
namespace {

constexpr std::size_t kLongestText = 4096;

/// What is between the next `<name>` and `</name>` of `text`, which is taken from it. Elements of
/// the same name inside are none of this format's.
std::optional<std::string_view> take_element(std::string_view& text, const std::string& name) {
  const std::string open = "<" + name + ">", close = "</" + name + ">";
  const std::size_t begin = text.find(open);
  if (begin == text.npos) return std::nullopt;
  const std::size_t content = begin + open.size();
  const std::size_t end = text.find(close, content);
  if (end == text.npos) return std::nullopt;
  const std::string_view element = text.substr(content, end - content);
  text.remove_prefix(end + close.size());
  return element;
}

std::string text_in(std::string_view element, const std::string& name) {
  const auto found = take_element(element, name);
  return found ? printable(wire::without_entities(found->substr(0, kLongestText)), kLongestText)
               : std::string{};
}

double count_in(std::string_view element, const std::string& name) {
  const auto found = take_element(element, name);
  return found ? static_cast<double>(read_count(*found).value_or(0)) : 0.0;
}

std::string spoken_kind(const std::string& kind) {
  static const std::map<std::string, std::string> kSpoken = {
      {"Leak_DefinitelyLost", "definitely lost"},
      {"Leak_IndirectlyLost", "indirectly lost"},
      {"Leak_PossiblyLost", "possibly lost"},
      {"Leak_StillReachable", "still reachable"}};
  const auto found = kSpoken.find(kind);
  return found == kSpoken.end() ? std::string{} : found->second;
}

Frame read_frame(std::string_view element) {
  Frame frame{.function = text_in(element, "fn"), .file = text_in(element, "file")};
  const std::string folder = text_in(element, "dir");
  if (!folder.empty() && !frame.file.empty()) frame.file.insert(0, folder + "/");
  frame.line = static_cast<int>(std::min(count_in(element, "line"), 1e8));
  if (frame.function.empty()) {
    const std::string object = text_in(element, "obj");
    frame.function = object.empty() ? "???" : "[" + object.substr(object.rfind('/') + 1) + "]";
  }
  return frame;
}

}  // namespace

Result<std::vector<ToolFinding>> read_memcheck_xml(std::string_view text) {
  if (text.find("<protocoltool>memcheck</protocoltool>") == text.npos) {
    return fail(ErrorCode::bad_input, "this is no XML output of memcheck");
  }
  std::vector<ToolFinding> findings;
  while (auto error = take_element(text, "error")) {
    const std::string kind = spoken_kind(text_in(*error, "kind"));
    if (kind.empty()) continue;
    if (findings.size() == kMostFindings) {
      return fail(ErrorCode::bad_input, "memcheck reports too many leaks");
    }
    ToolFinding finding{.kind = kind,
                        .blocks = count_in(*error, "leakedblocks"),
                        .bytes = count_in(*error, "leakedbytes")};
    std::string_view left = *error;
    std::string_view stack = take_element(left, "stack").value_or("");
    while (auto frame = take_element(stack, "frame")) {
      if (finding.frames.size() == kMostToolFrames) break;
      finding.frames.push_back(read_frame(*frame));
    }
    findings.push_back(std::move(finding));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const ToolFinding& a, const ToolFinding& b) { return a.bytes > b.bytes; });
  return findings;
}

}  // namespace pulsebench::profile
