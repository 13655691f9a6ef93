#include "pulsebench/report/trend_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::report {
namespace {

using trend::FoundChange;
using trend::Trend;

constexpr std::size_t kHashShown = 9;

std::string short_hash(const std::string& commit) {
  return printable(commit.substr(0, kHashShown));
}

const std::string& commit_before(const FoundChange& found) {
  return trend::commit_before(*found.trend, *found.series, *found.change);
}

const std::string& commit_after(const FoundChange& found) {
  return trend::commit_after(*found.trend, *found.series, *found.change);
}

/// An expression that matches the id alone, between single quotes of a shell.
std::string quoted_filter(const std::string& id) {
  constexpr std::string_view kSpecial = R"(\^$.|?*+()[]{})";
  std::string text = "^";
  for (const char c : id) {
    if (kSpecial.find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return single_quoted(text + "$");
}

/// Both hashes, where they are two and a command may have them.
std::string two_sides(const FoundChange& found) {
  const std::string& before = commit_before(found);
  const std::string& after = commit_after(found);
  if (!trend::is_commit_hash(before) || !trend::is_commit_hash(after) || before == after) return "";
  return short_hash(before) + " " + short_hash(after);
}

std::string some_benchmarks(long long some, long long all) {
  return fmt::format("{} of {} {}", render::format_count(some),
                     render::format_count(all, "benchmark", "benchmarks"),
                     some == 1 ? "is" : "are");
}

long long count_series(const std::vector<FoundChange>& changes) {
  std::vector<const trend::Series*> all;
  for (const FoundChange& found : changes) all.push_back(found.series);
  std::ranges::sort(all);
  return std::unique(all.begin(), all.end()) - all.begin();
}

/// What is wrong with the nights themselves.
void add_night_clauses(render::Headline& headline, const std::vector<Trend>& trends) {
  for (const Trend& one : trends) {
    const std::string of = trends.size() > 1 ? " of " + printable(one.machine_kind, 60) : "";
    if (one.days_late > 0) {
      headline.clauses.emplace_back(
          fmt::format("the newest night{} is {} days old", of, one.days_late));
    }
    if (one.newest_incomplete) {
      headline.clauses.emplace_back(fmt::format("the newest night{} was interrupted", of));
    }
    if (!one.incomplete_line.empty()) {
      headline.clauses.emplace_back(fmt::format("the history{} has an incomplete line", of));
    }
  }
}

std::string message_of(const Trend& trend, const trend::Series& series,
                       const trend::VerdictRule& rule) {
  std::string text;
  for (const trend::Change& change : series.changes) {
    const FoundChange found{&trend, &series, &change};
    if (change.status != trend::ChangeStatus::open) continue;
    if (trend::first_night(trend, series, change) < rule.since) continue;
    text += (text.empty() ? "" : "; ") + change_sentence(found);
  }
  if (series.lost) text += text.empty() ? "not measured in the newest night" : "; lost since";
  return text;
}

}  // namespace

render::Headline trend_headline(const std::vector<Trend>& trends, const trend::Verdict& verdict,
                                const trend::VerdictRule& rule) {
  const bool slower = !verdict.slower.empty();
  const bool lost = !verdict.lost.empty() || verdict.night_missing;
  render::Headline headline{.verdict = slower ? "slower"
                                       : lost ? "incomplete"
                                              : "steady",
                            .tone = verdict.exit_code() != 0 ? render::Tone::bad
                                    : slower || lost         ? render::Tone::doubtful
                                                             : render::Tone::good,
                            .exit_code = verdict.exit_code()};
  const std::string since = rule.since.empty() ? "" : " since " + rule.since;
  if (slower) {
    headline.clauses.emplace_back(some_benchmarks(count_series(verdict.slower), verdict.series) +
                                  " slower" + since);
    headline.clauses.emplace_back(
        verdict.gating > 0 ? fmt::format("{} fails the run",
                                         render::format_count(verdict.gating, "change", "changes"))
                           : std::string{"none is of a tier that gates"});
    if (verdict.gating > 1) {
      headline.clauses.back() = fmt::format("{} changes fail the run", verdict.gating);
    }
  } else {
    headline.clauses.emplace_back(
        fmt::format("none of {} is slower{}",
                    render::format_count(verdict.series, "benchmark", "benchmarks"), since));
  }
  if (!verdict.lost.empty()) {
    const auto count = static_cast<long long>(verdict.lost.size());
    headline.clauses.emplace_back(
        fmt::format("{} not in the newest night",
                    render::format_count(count, "benchmark is", "benchmarks are")));
  }
  add_night_clauses(headline, trends);
  return headline;
}

std::string commits_text(const FoundChange& found) {
  const std::string& before = commit_before(found);
  const std::string& after = commit_after(found);
  if (before.empty() && after.empty()) return "";
  if (before == after) return short_hash(after) + " on both nights";
  const auto shown = [](const std::string& commit) {
    return commit.empty() ? std::string{"unknown"} : short_hash(commit);
  };
  const auto& count = found.change->commits;
  return fmt::format("{}..{}{}", shown(before), shown(after),
                     count ? " (" + render::format_count(*count, "commit", "commits") + ")" : "");
}

std::string change_sentence(const FoundChange& found) {
  const trend::Change& change = *found.change;
  const std::string commits = commits_text(found);
  return fmt::format("{} → {}, {}, since {}{}", render::format_cost(change.before),
                     render::format_cost(change.after), render::format_change(change.percent()),
                     trend::first_night(*found.trend, *found.series, change),
                     commits.empty() ? "" : ", " + commits);
}

std::string settling_command(const FoundChange& found) {
  const std::string sides = two_sides(found);
  if (sides.empty()) return "";
  return "pulsebench ab " + sides + " --filter " + quoted_filter(found.series->id.text());
}

render::Next next_after_change(const FoundChange& found) {
  const std::string sides = two_sides(found);
  if (sides.empty()) {
    return {"fix it, or accept it with a reason",
            fmt::format("pulsebench trend accept BENCHMARK --at {} --reason TEXT",
                        trend::first_night(*found.trend, *found.series, *found.change))};
  }
  if (found.change->commits.value_or(2) > 1) {
    return {"find the commit",
            "pulsebench bisect " + sides + " --filter " + quoted_filter(found.series->id.text())};
  }
  return {"measure both sides of the change", settling_command(found)};
}

std::vector<render::Case> cases_of(const std::vector<Trend>& trends,
                                   const trend::VerdictRule& rule) {
  std::vector<render::Case> cases;
  for (const Trend& one : trends) {
    for (const trend::Series& series : one.series) {
      render::Case made{.id = series.id.text(),
                        .suite = fmt::format("tier {}", number_of(series.tier)),
                        .verdict = "steady",
                        .cost = series.points.back().cost};
      if (trends.size() > 1) made.suite += ", " + printable(one.machine_kind, 60);
      const trend::Change* newest = nullptr;
      for (const trend::Change& change : series.changes) {
        const bool shown = change.status == trend::ChangeStatus::open &&
                           trend::first_night(one, series, change) >= rule.since;
        if (!shown) continue;
        newest = &change;
        if (!change.slower() && made.verdict == "steady") made.verdict = "faster";
        if (change.slower()) made.verdict = "slower";
        if (change.slower()) made.attention = true;
        if (trend::gates(series, change, rule.fail_on)) made.outcome = render::CaseOutcome::failed;
      }
      if (series.lost) {
        made.verdict = "lost";
        made.attention = true;
        if (made.outcome == render::CaseOutcome::passed && rule.fail_on.contains(series.tier)) {
          made.outcome = render::CaseOutcome::broken;
        }
      } else if (series.too_young && newest == nullptr) {
        made.verdict = "too young";
        made.outcome = render::CaseOutcome::undecided;
      }
      made.message = message_of(one, series, rule);
      made.figures = {
          {"change_percent", newest ? std::optional{newest->percent().value} : std::nullopt},
          {"points", static_cast<double>(series.points.size())}};
      cases.push_back(std::move(made));
    }
  }
  return cases;
}

render::Evidence course_of(const Trend& trend, const trend::Series& series) {
  render::Course course;
  std::size_t expected = series.points.front().night;
  for (const trend::Point& point : series.points) {
    render::CoursePoint made{.when = trend.nights[point.night].day, .cost = point.cost};
    for (std::size_t night = expected; night < point.night; ++night) {
      made.missing_before += 1 + trend.nights[night].missing_before;
    }
    if (expected > series.points.front().night) {
      made.missing_before += trend.nights[point.night].missing_before;
    }
    expected = point.night + 1;
    course.points.push_back(std::move(made));
  }
  for (const trend::Epoch& epoch : series.epochs) {
    course.points[epoch.first].epoch = printable(epoch.because, 200);
  }
  for (const trend::Level& level : series.levels) {
    course.levels.push_back({level.first, level.last, level.cost});
  }
  for (const trend::Change& change : series.changes) {
    course.changes.push_back({change.first, change.slower()});
  }
  return {.charts = {std::move(course)}};
}

}  // namespace pulsebench::report
