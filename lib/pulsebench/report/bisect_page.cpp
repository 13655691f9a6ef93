#include "pulsebench/report/bisect_page.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::report {
namespace {

using compare::Bisection;
using compare::BisectOutcome;
using compare::BisectStep;
using compare::CommitFacts;
using compare::CommitFinding;
using compare::Judged;
using render::Align;
using render::Mark;
using render::Tone;

constexpr std::size_t kDigits = 12;

std::string digits_of(const std::string& hash) { return printable(hash.substr(0, kDigits)); }

/// A revision as the user wrote it, but for a long hash.
std::string shown_revision(const std::string& revision) {
  const bool is_hash = revision.size() >= 40 && is_hex(revision);
  return is_hash ? digits_of(revision) : printable(revision, 60);
}

/// The step that measured `commit`; null where it was presumed.
const BisectStep* step_of(const Bisection& bisection, const CommitFacts& commit) {
  const auto found = std::ranges::find_if(
      bisection.steps, [&](const BisectStep& step) { return step.commit.hash == commit.hash; });
  return found == bisection.steps.end() ? nullptr : &*found;
}

std::string change_of(const BisectStep* step) {
  return step != nullptr && step->judged ? render::format_change(step->judged->change) : "";
}

std::string threshold_of(const Bisection& bisection) {
  for (const BisectStep& step : bisection.steps) {
    if (step.judged) return render::format_chosen_percent(step.judged->threshold) + " %";
  }
  return "its threshold";
}

/// Of the bad commit: "+0.3 %"; empty where it was not measured.
std::string change_of_bad(const Bisection& bisection) {
  for (const BisectStep& step : bisection.steps) {
    if (step.position == bisection.commits) return change_of(&step);
  }
  return "";
}

render::Headline headline_of(const Bisection& bisection, int exit_code) {
  const std::string good = shown_revision(bisection.good), bad = shown_revision(bisection.bad);
  render::Headline headline{.verdict = spoken(bisection.outcome), .tone = Tone::doubtful};
  if (exit_code != 0) headline.exit_code = exit_code;
  switch (bisection.outcome) {
    case BisectOutcome::found: {
      const CommitFacts& culprit = bisection.suspects.front();
      headline.tone = Tone::bad;
      headline.clauses = {fmt::format("{} is the first commit that is slower than {}: {}",
                                      digits_of(culprit.hash), good,
                                      change_of(step_of(bisection, culprit)))};
      break;
    }
    case BisectOutcome::narrowed:
      headline.clauses = {
          fmt::format("the first slower commit is one of {}", bisection.suspect_count),
          "those before the last could not be judged"};
      break;
    case BisectOutcome::not_slower:
      headline.clauses = {fmt::format("{} is not slower than {} beyond {}: {}", bad, good,
                                      threshold_of(bisection), change_of_bad(bisection))};
      break;
    case BisectOutcome::inconclusive:
      headline.clauses = {fmt::format("whether {} is slower than {} stayed open", bad, good),
                          "no commit before it is slower"};
      break;
    case BisectOutcome::not_measured:
      headline.clauses = {fmt::format("{} cannot be measured", bad),
                          "no commit that could be is slower"};
      break;
    case BisectOutcome::interrupted:
      headline.clauses = {fmt::format("{} commits are left", bisection.suspect_count)};
      break;
  }
  return headline;
}

render::Text finding_text(const BisectStep& step) {
  const Tone tone = step.finding == CommitFinding::slower       ? Tone::bad
                    : step.finding == CommitFinding::not_slower ? Tone::good
                                                                : Tone::doubtful;
  return {spoken(step.finding), tone};
}

/// Why it was skipped.
std::string why_skipped(const BisectStep& step) {
  if (step.finding != CommitFinding::skipped) return "";
  if (!step.judged) return printable(step.error, 400);
  return step.judged->verdict == compare::Verdict::inconclusive
             ? "inconclusive, also when it was measured longer"
             : describe_reasons(step.judged->reasons);
}

/// Oldest first.
std::vector<const BisectStep*> in_order(const Bisection& bisection) {
  std::vector<const BisectStep*> steps;
  for (const BisectStep& step : bisection.steps) steps.push_back(&step);
  std::ranges::sort(steps, {}, [](const BisectStep* step) { return step->position; });
  return steps;
}

render::Table steps_table(const Bisection& bisection) {
  render::Table table{
      .columns = {{.header = "n", .align = Align::right},
                  {.header = "commit"},
                  {.header = "finding"},
                  {.header = "change", .align = Align::right},
                  {.header = "90 % interval", .align = Align::right, .drop = 1, .narrow = "± %"},
                  {.header = "subject", .elastic = true}},
      .groups = {{}},
      .legend = {{.text = fmt::format("change: against {}, of {}", shown_revision(bisection.good),
                                      printable(bisection.benchmark))}}};
  for (const BisectStep* step : in_order(bisection)) {
    render::Row row{.cells = {render::Count{static_cast<long long>(step->position)},
                              digits_of(step->commit.hash), finding_text(*step), render::Cell{},
                              render::Cell{}, render::Name{step->commit.subject}},
                    .note = {why_skipped(*step), Tone::quiet}};
    if (step->finding != CommitFinding::skipped) {
      const Judged& judged = *step->judged;
      row.cells[3] = render::Change{judged.change};
      row.cells[4] = render::ChangeInterval{judged.change_low, judged.change_high, judged.change};
    }
    table.groups[0].rows.push_back(std::move(row));
  }
  return table;
}

std::string bisect_command(const std::string& good, const std::string& bad,
                           const Bisection& bisection) {
  return "pulsebench bisect " + digits_of(good) + " " + digits_of(bad) + " --filter " +
         single_quoted(bisection.benchmark);
}

render::Next next_of(const Bisection& bisection) {
  if (bisection.benchmark.empty() || bisection.suspects.empty()) return {};
  const CommitFacts& first = bisection.suspects.front();
  const CommitFacts& last = bisection.suspects.back();
  switch (bisection.outcome) {
    case BisectOutcome::found:
      if (!bisection.merged_from.empty()) {
        return {"look into the merged branch",
                bisect_command(bisection.merged_from, first.parents[1], bisection)};
      }
      return {"see what it changed", "git show " + digits_of(first.hash)};
    case BisectOutcome::narrowed:
      return {"see what they changed",
              fmt::format("git log --patch {}^..{}", digits_of(first.hash), digits_of(last.hash))};
    default:
      return {};
  }
}

void add_suspects(render::Page& page, const Bisection& bisection) {
  if (bisection.outcome == BisectOutcome::found) {
    const CommitFacts& culprit = bisection.suspects.front();
    page.add(render::Paragraph{{culprit.subject}});
    page.add(render::Paragraph{{culprit.author, culprit.date, culprit.hash}});
  } else if (bisection.outcome == BisectOutcome::narrowed) {
    render::Table table{.columns = {{.header = "one of"}, {.header = "subject", .elastic = true}},
                        .groups = {{}}};
    for (const CommitFacts& suspect : bisection.suspects) {
      table.groups[0].rows.push_back(
          {.cells = {digits_of(suspect.hash), render::Name{suspect.subject}}});
    }
    page.add(std::move(table));
    const std::size_t shown = bisection.suspects.size();
    if (shown < bisection.suspect_count) {
      page.add(render::Note{Mark::absent, fmt::format("and {} more before the last of these",
                                                      bisection.suspect_count - shown)});
    }
  }
}

nlohmann::ordered_json commit_json(const CommitFacts& commit) {
  return {{"commit", commit.hash},
          {"author", commit.author},
          {"date", commit.date},
          {"subject", commit.subject},
          {"merge", commit.parents.size() > 1}};
}

nlohmann::ordered_json step_json(const BisectStep& step) {
  nlohmann::ordered_json json = commit_json(step.commit);
  json["position"] = step.position;
  json["finding"] = name_of(step.finding);
  const bool judged = step.finding != CommitFinding::skipped;
  const auto figure = [&](double value) {
    return judged ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
  };
  json["change_percent"] = figure(judged ? step.judged->change.value : 0.0);
  json["change_low_percent"] = figure(judged ? step.judged->change_low.value : 0.0);
  json["change_high_percent"] = figure(judged ? step.judged->change_high.value : 0.0);
  json["reason"] = why_skipped(step);
  return json;
}

std::string bisect_json(const Bisection& bisection, int exit_code) {
  auto suspects = nlohmann::ordered_json::array();
  for (const CommitFacts& commit : bisection.suspects) suspects.push_back(commit_json(commit));
  auto steps = nlohmann::ordered_json::array();
  for (const BisectStep& step : bisection.steps) steps.push_back(step_json(step));
  return json::document_text({{"schema", "pulsebench-bisect"},
                              {"version", 1},
                              {"outcome", name_of(bisection.outcome)},
                              {"exit_code", exit_code},
                              {"good", bisection.good},
                              {"bad", bisection.bad},
                              {"benchmark", bisection.benchmark},
                              {"commits", bisection.commits},
                              {"builds", bisection.builds},
                              {"suspect_count", bisection.suspect_count},
                              {"suspects", std::move(suspects)},
                              {"steps", std::move(steps)}});
}

}  // namespace

render::Page bisect_page(const Bisection& bisection, int exit_code) {
  render::Page page{.title = render::Text{"bisect of "}.add_verbatim(bisection.benchmark),
                    .headline = headline_of(bisection, exit_code),
                    .next = next_of(bisection),
                    .json = [&bisection, exit_code] { return bisect_json(bisection, exit_code); }};
  add_suspects(page, bisection);
  if (!bisection.steps.empty()) page.add(steps_table(bisection));
  const bool is_placed = std::ranges::any_of(bisection.steps, [](const BisectStep& step) {
    return step.finding == CommitFinding::slower && step.judged->layout_suspect;
  });
  if (is_placed) {
    page.add(render::Note{Mark::attention,
                          "the builds may place code differently, which alone can cost some per "
                          "cent: see docs/methodology.md"});
  }
  page.add(render::Paragraph{
      {render::format_count(static_cast<long long>(bisection.commits), "commit", "commits"),
       render::format_count(static_cast<long long>(bisection.steps.size()), "tried", "tried"),
       render::format_count(bisection.builds, "build", "builds")}});
  return page;
}

}  // namespace pulsebench::report
