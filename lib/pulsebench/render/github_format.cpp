#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/formats.hpp"

/// Pages as workflow commands of GitHub Actions, which shows them as annotations of the step: the
/// verdict, then what it rests on. Source: docs.github.com, "Workflow commands for GitHub Actions".
namespace pulsebench::render {
namespace {

/// GitHub keeps ten of each level in a step and drops the rest without a word.
constexpr std::size_t kMostOfALevel = 10;

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '%' ? std::string{"%25"} : std::string{c};
  return result;  // a text has no line break
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

struct Annotations {
  std::vector<std::string> errors, warnings;

  void add(Mark mark, const std::string& sentence) {
    if (mark == Mark::missed) errors.push_back(sentence);
    if (mark == Mark::attention || mark == Mark::unsure) warnings.push_back(sentence);
  }
};

void add(std::string& text, std::string_view level, const std::vector<std::string>& sentences,
         std::size_t room) {
  const std::size_t shown = sentences.size() <= room ? sentences.size() : room - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    text += fmt::format("::{}::{}\n", level, escaped(sentences[i]));
  }
  if (shown < sentences.size()) {
    text += fmt::format("::{}::and {} more, see the report\n", level, sentences.size() - shown);
  }
}

}  // namespace

std::string write_github(const Page& page, const Style&) {
  Annotations found;
  for (const Block& block : page.blocks) {
    if (const auto* note = std::get_if<Note>(&block)) found.add(note->mark, note->text.plain());
    const auto* table = std::get_if<Table>(&block);
    if (table == nullptr) continue;
    for (const Group& group : table->groups) {
      for (const Row& row : group.rows) {
        found.add(worst_mark(row), sentence_of(row, table->columns));
      }
    }
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
