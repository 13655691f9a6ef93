#include "pulsebench/trend/verdict.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <tuple>

#include "pulsebench/vocabulary/exit_code.hpp"

namespace pulsebench::trend {
namespace {

const std::string& night_of(const FoundChange& found) {
  return first_night(*found.trend, *found.series, *found.change);
}

bool newer(const FoundChange& one, const FoundChange& other) {
  return std::tie(night_of(other), one.series->id) < std::tie(night_of(one), other.series->id);
}

void add_changes(Verdict& verdict, const Trend& trend, const Series& series,
                 const VerdictRule& rule) {
  for (const Change& change : series.changes) {
    const FoundChange found{&trend, &series, &change};
    const bool open = change.status == ChangeStatus::open;
    if (night_of(found) < rule.since) {
      if (open && change.slower()) verdict.older.push_back(found);
    } else if (!open) {
      verdict.settled.push_back(found);
    } else if (change.slower()) {
      verdict.slower.push_back(found);
    } else {
      verdict.faster.push_back(found);
    }
  }
}

}  // namespace

int Verdict::exit_code() const {
  if (gating > 0) return kRegressed;
  return lost_gating > 0 || night_missing ? kNotMeasured : kNothingGates;
}

Verdict verdict_of(const std::vector<Trend>& trends, const VerdictRule& rule) {
  Verdict verdict;
  for (const Trend& trend : trends) {
    const bool late = trend.days_late > 0 || trend.newest_incomplete;
    verdict.night_missing = verdict.night_missing || late || !trend.incomplete_line.empty();
    for (const Series& series : trend.series) {
      ++verdict.series;
      const std::size_t open = verdict.slower.size() + verdict.faster.size();
      add_changes(verdict, trend, series, rule);
      const bool moved = verdict.slower.size() + verdict.faster.size() > open;
      if (series.lost) {
        verdict.lost.push_back(&series);
        verdict.lost_gating += rule.fail_on.contains(series.tier) ? 1 : 0;
      } else if (series.too_young) {
        ++verdict.young;
      } else if (!moved) {
        ++verdict.steady;
      }
    }
  }
  const auto fails = [&](const FoundChange& found) {
    return gates(*found.series, *found.change, rule.fail_on);
  };
  verdict.gating = static_cast<int>(std::ranges::count_if(verdict.slower, fails));
  std::ranges::stable_sort(verdict.slower, [&](const FoundChange& one, const FoundChange& other) {
    if (fails(one) != fails(other)) return fails(one);
    return one.change->percent() > other.change->percent();
  });
  for (auto* const list : {&verdict.faster, &verdict.settled, &verdict.older}) {
    std::ranges::stable_sort(*list, newer);
  }
  return verdict;
}

std::string alert_id(const Trend& trend, const Series& series, const Change& change) {
  return series.id.text() + "@" + first_night(trend, series, change);
}

const std::string& first_night(const Trend& trend, const Series& series, const Change& change) {
  return trend.nights[series.points[change.first].night].day;
}

const std::string& commit_before(const Trend& trend, const Series& series, const Change& change) {
  return trend.nights[series.points[change.first - 1].night].commit;
}

const std::string& commit_after(const Trend& trend, const Series& series, const Change& change) {
  return trend.nights[series.points[change.first].night].commit;
}

bool is_commit_hash(std::string_view text) {
  return text.size() >= 7 && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
           return std::isxdigit(static_cast<unsigned char>(c)) != 0;
         });
}

bool gates(const Series& series, const Change& change, const std::set<Tier>& fail_on) {
  return change.slower() && change.status == ChangeStatus::open && fail_on.contains(series.tier);
}

}  // namespace pulsebench::trend
