#include "workflow/personal_data.hpp"

#include <re2/re2.h>
#include <re2/stringpiece.h>

#include <deque>

namespace workflow {
namespace {

/// In the order of `PersonalData`. At one place in a text the first that matches wins.
constexpr std::array<std::string_view, kPersonalDataNames.size()> kPatterns{
    R"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
    R"((?:\+[0-9]{1,3}[ -]?|\b0)[0-9]{2,5}(?:[ -]?[0-9]{2,4}){2,3}\b)",
    R"(\b[A-Z][0-9]{7}\b)",
    R"(\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b)",
    R"(\b[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b)",
};

std::string alternatives() {
  std::string all;
  for (const std::string_view pattern : kPatterns) {
    if (!all.empty()) all += '|';
    all.append("(?:").append(pattern).append(")");
  }
  return all;
}

}  // namespace

/// One pass with `any` finds where something is, and only there is asked what: without groups to
/// capture, RE2 stays in its fast automaton.
struct PersonalDataDetector::Patterns {
  Patterns() : any(alternatives(), RE2::Quiet) {
    for (const std::string_view pattern : kPatterns) each.emplace_back(pattern, RE2::Quiet);
  }

  RE2 any;
  std::deque<RE2> each;  ///< in the order of `PersonalData`; an RE2 cannot be moved
};

PersonalDataDetector::PersonalDataDetector() : patterns_(std::make_unique<const Patterns>()) {}
PersonalDataDetector::PersonalDataDetector(PersonalDataDetector&&) noexcept = default;
PersonalDataDetector::~PersonalDataDetector() = default;

std::vector<Finding> PersonalDataDetector::find(std::string_view text) const {
  std::vector<Finding> findings;
  re2::StringPiece match;
  std::size_t from = 0;
  while (patterns_->any.Match(text, from, text.size(), RE2::UNANCHORED, &match, 1)) {
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    for (std::size_t kind = 0; kind < patterns_->each.size(); ++kind) {
      if (!RE2::FullMatch(match, patterns_->each[kind])) continue;
      findings.push_back({static_cast<PersonalData>(kind), begin, match.size()});
      break;
    }
    from = begin + match.size();  // no pattern matches an empty text
  }
  return findings;
}

std::string anonymise(std::string_view text, const std::vector<Finding>& findings) {
  std::string anonymous;
  anonymous.reserve(text.size());
  std::size_t from = 0;
  for (const Finding& finding : findings) {
    anonymous.append(text.substr(from, finding.begin - from));
    anonymous.append("[").append(name_of(finding.kind)).append("]");
    from = finding.begin + finding.size;
  }
  anonymous.append(text.substr(from));
  return anonymous;
}

}  // namespace workflow
