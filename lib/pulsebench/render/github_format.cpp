#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/receiver_text.hpp"

/// Pages as workflow commands of GitHub Actions, which shows them as annotations of the step: the
/// verdict, then the benchmarks that fail or want attention, at their source lines, or the marked
/// rows of a page that has no benchmarks. Source: docs.github.com, "Workflow commands for GitHub
/// Actions".
namespace pulsebench::render {
namespace {

/// GitHub keeps ten of each level in a step and drops the rest without a word.
constexpr std::size_t kMostOfALevel = 10;

/// As the message of a command. A text has no line break.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : harmless(text)) result += c == '%' ? std::string{"%25"} : std::string{c};
  return result;
}

/// As a property of a command, which a colon or a comma would end.
std::string property(std::string_view text) {
  std::string result;
  for (const char c : escaped(text)) {
    result += c == ':' ? std::string{"%3A"} : c == ',' ? std::string{"%2C"} : std::string{c};
  }
  return result;
}

/// "budget/consume: main 0.861 ns, pr-123 0.990 ns, change +15.0 %; p < 0.0001, family of 6".
std::string sentence_of(const Row& row, const std::vector<Column>& columns) {
  std::string sentence;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string text = draw(row.cells[i], kUnbounded).plain();
    if (text.empty()) continue;
    const std::string named = i == 0 ? text : columns[i].header + " " + text;
    sentence += (i == 0 ? "" : i == 1 ? ": " : ", ") + named;
  }
  return row.note.empty() ? sentence : sentence + "; " + row.note.plain();
}

Mark worst_mark(const Row& row) {
  for (const Mark mark : {Mark::missed, Mark::attention, Mark::unsure}) {
    if (std::ranges::find(row.cells, mark, &Cell::mark) != row.cells.end()) return mark;
  }
  return Mark::none;
}

/// What stands behind the level of a command: " title=...::message", or "::message".
struct Annotations {
  std::vector<std::string> errors, warnings;

  void add(Mark mark, const std::string& sentence) {
    if (mark == Mark::missed) errors.push_back("::" + escaped(sentence));
    if (mark == Mark::attention || mark == Mark::unsure) {
      warnings.push_back("::" + escaped(sentence));
    }
  }

  void add(const Case& one) {
    const bool fails = one.outcome == CaseOutcome::failed || one.outcome == CaseOutcome::broken;
    if (!fails && !one.attention) return;
    std::string text = " title=" + property(one.verdict + ": " + one.id);
    if (one.source) {
      text += fmt::format(",file={},line={}", property(one.source->file), one.source->line);
    }
    (fails ? errors : warnings).push_back(text + "::" + escaped(one.message));
  }

  void add(const Table& table) {
    for (const Group& group : table.groups) {
      for (const Row& row : group.rows) add(worst_mark(row), sentence_of(row, table.columns));
    }
  }
};

void add(std::string& text, std::string_view level, const std::vector<std::string>& annotations,
         std::size_t room) {
  const std::size_t shown = annotations.size() <= room ? annotations.size() : room - 1;
  for (std::size_t i = 0; i < shown; ++i) text += fmt::format("::{}{}\n", level, annotations[i]);
  if (shown < annotations.size()) {
    text += fmt::format("::{}::and {} more, see the report\n", level, annotations.size() - shown);
  }
}

}  // namespace

std::string write_github(const Page& page, const Style&) {
  Annotations found;
  if (page.cases) {
    for (const Case& one : page.cases()) found.add(one);
  }
  for (const Block& block : page.blocks) {
    if (const auto* note = std::get_if<Note>(&block)) found.add(note->mark, note->text.plain());
    const auto* table = std::get_if<Table>(&block);
    if (table != nullptr && !page.cases) found.add(*table);
  }
  const Tone tone = page.headline.tone;
  const std::string_view level = tone == Tone::bad        ? "error"
                                 : tone == Tone::doubtful ? "warning"
                                                          : "notice";
  std::string verdict = verdict_line(page, kUnbounded);
  verdict.resize(std::min(verdict.find('\n'), verdict.size()));
  std::string text = fmt::format("::{} title=pulsebench::{}\n", level, escaped(verdict));
  add(text, "error", found.errors, kMostOfALevel - (tone == Tone::bad ? 1 : 0));
  add(text, "warning", found.warnings, kMostOfALevel - (tone == Tone::doubtful ? 1 : 0));
  return text;
}

}  // namespace pulsebench::render
