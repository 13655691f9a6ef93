#pragma once

#include <string>
#include <vector>

#include "pulsebench/render/page.hpp"
#include "pulsebench/trend/verdict.hpp"

/// Parts of the page of a trend.
namespace pulsebench::report {

/// One line that says what moved, and what is lost.
[[nodiscard]] render::Headline trend_headline(const std::vector<trend::Trend>& trends,
                                              const trend::Verdict& verdict,
                                              const trend::VerdictRule& rule);

/// Every series, for formats that programs read. A series fails where a change of it gates.
[[nodiscard]] std::vector<render::Case> cases_of(const std::vector<trend::Trend>& trends,
                                                 const trend::VerdictRule& rule);

/// "budget/consume became 6.0 % slower on 2026-08-09, 0.812 ns → 0.861 ns, between a and b".
[[nodiscard]] std::string change_sentence(const trend::FoundChange& found);

/// "a1b2c3d..e4f5a6b (3 commits)"; empty where no commit is recorded.
[[nodiscard]] std::string commits_text(const trend::FoundChange& found);

/// `pulsebench ab OLD NEW --filter '^ID$'`, to be pasted into a shell: it measures both sides of a
/// change. Empty where their commits are not known or the same.
[[nodiscard]] std::string settling_command(const trend::FoundChange& found);

/// The command that finds the commit; where there is one commit or none, as `settling_command`.
[[nodiscard]] render::Next next_after_change(const trend::FoundChange& found);

/// What a row of a series rests on: its course, with levels, changes, gaps and epochs.
[[nodiscard]] render::Evidence course_of(const trend::Trend& trend, const trend::Series& series);

}  // namespace pulsebench::report
