#include <fmt/format.h>

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/receiver_text.hpp"

/// What failed or wants attention, as the code quality report that GitLab shows in a merge request.
/// Source: docs.gitlab.com, "Code Quality", "Import code quality results".
namespace pulsebench::render {
namespace {

/// The same for the same fault in every report, so that GitLab knows a new one from an old one.
/// FNV-1a of 64 bits (Fowler, Noll, Vo).
std::string fingerprint_of(const Case& one) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    }
  };
  add(one.id);
  add("\n");
  add(one.verdict);
  return fmt::format("{:016x}", hash);
}

const char* severity_of(const Case& one) {
  if (one.outcome == CaseOutcome::broken) return "critical";
  return one.outcome == CaseOutcome::failed ? "major" : "minor";
}

/// GitLab wants a path and a line: where no source line is known, the id stands for the path.
std::string issue_text(const Case& one) {
  const SourceLine place = one.source.value_or(SourceLine{one.id, 1});
  return fmt::format(
      "  {{\"description\": {}, \"check_name\": {}, \"fingerprint\": \"{}\", \"severity\": \"{}\", "
      "\"location\": {{\"path\": {}, \"lines\": {{\"begin\": {}}}}}}}",
      json_text(one.id + ": " + one.verdict + ": " + one.message),
      json_text("pulsebench-" + one.verdict), fingerprint_of(one), severity_of(one),
      json_text(place.file), place.line);
}

}  // namespace

std::string write_codequality(const Page& page, const Style&) {
  assert(page.cases);
  std::string text = "[";
  for (const Case& one : page.cases()) {
    const bool fails = one.outcome == CaseOutcome::failed || one.outcome == CaseOutcome::broken;
    if (!fails && !one.attention) continue;
    text += (text.size() == 1 ? "\n" : ",\n") + issue_text(one);
  }
  return text + (text.size() == 1 ? "]\n" : "\n]\n");
}

}  // namespace pulsebench::render
