#include <fmt/format.h>

#include <cassert>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/receiver_text.hpp"

/// A line a benchmark as comma-separated values (RFC 4180, but for the line end, which is a line
/// feed alone).
namespace pulsebench::render {
namespace {

/// A text that a spreadsheet would take for a formula begins with an apostrophe instead. Source:
/// OWASP, "CSV Injection".
std::string field_text(std::string_view text) {
  std::string field = harmless(text);
  if (!field.empty() && std::string_view{"=+-@"}.find(field.front()) != std::string_view::npos) {
    field.insert(0, "'");
  }
  if (field.find_first_of(",\"") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + "\"";
}

std::string line_text(const Case& one) {
  std::string line =
      fmt::format("{},{},{}", field_text(one.id), field_text(one.suite), field_text(one.verdict));
  for (const Figure& figure : one.figures) {
    line += figure.value ? fmt::format(",{:.7g}", *figure.value) : ",";
  }
  const std::string source =
      one.source ? fmt::format("{}:{}", one.source->file, one.source->line) : std::string{};
  return line + fmt::format(",{},{}\n", field_text(source), field_text(one.message));
}

}  // namespace

std::string write_csv(const Page& page, const Style&) {
  assert(page.cases);
  const std::vector<Case> cases = page.cases();
  std::string text = "benchmark,suite,verdict";
  if (!cases.empty()) {
    for (const Figure& figure : cases.front().figures) text += fmt::format(",{}", figure.key);
  }
  text += ",source,reason\n";
  for (const Case& one : cases) text += line_text(one);
  return text;
}

}  // namespace pulsebench::render
