#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/receiver_text.hpp"

/// A page as JUnit XML, a test case a benchmark. It has only elements and attributes of
/// junit-10.xsd of Jenkins' xunit plugin, which GitLab reads too. The time of a case is that of its
/// measuring.
namespace pulsebench::render {
namespace {

struct Suite {
  std::string name;
  std::vector<const Case*> cases;

  [[nodiscard]] std::ptrdiff_t count(CaseOutcome outcome) const {
    return std::ranges::count(cases, outcome, &Case::outcome);
  }
  /// Empty where it is unknown of all.
  [[nodiscard]] std::optional<double> seconds() const {
    std::optional<double> sum;
    for (const Case* one : cases) {
      if (one->seconds) sum = sum.value_or(0.0) + *one->seconds;
    }
    return sum;
  }
};

/// In the order of their first cases.
std::vector<Suite> suites_of(const std::vector<Case>& cases) {
  std::vector<Suite> suites;
  for (const Case& one : cases) {
    auto suite = std::ranges::find(suites, one.suite, &Suite::name);
    if (suite == suites.end()) suite = suites.insert(suite, Suite{one.suite, {}});
    suite->cases.push_back(&one);
  }
  return suites;
}

/// "tier0.budget" of "budget/consume" in "tier 0": a package and a class to those who group by
/// them.
std::string class_name(const Case& one) {
  std::string name = one.suite;
  std::erase(name, ' ');
  const std::size_t end = one.id.find('/');
  if (end == std::string::npos) return name;
  std::string first = one.id.substr(0, end);
  std::ranges::replace(first, '.', '_');
  return name + "." + first;
}

std::string failure_text(const Case& one, const char* element) {
  std::string place;
  if (one.source) place = fmt::format("\n{}:{}", xml_text(one.source->file), one.source->line);
  const std::string message = xml_text(one.message);
  return fmt::format("\n      <{0} type=\"{1}\" message=\"{2}\">{2}{3}</{0}>\n    ", element,
                     xml_text(one.verdict), message, place);
}

std::string inside(const Case& one) {
  switch (one.outcome) {
    case CaseOutcome::failed:
      return failure_text(one, "failure");
    case CaseOutcome::broken:
      return failure_text(one, "error");
    case CaseOutcome::undecided:
      return fmt::format("\n      <skipped message=\"{}: {}\"/>\n    ", xml_text(one.verdict),
                         xml_text(one.message));
    case CaseOutcome::passed:
      break;
  }
  if (!one.attention) return "";
  return fmt::format("\n      <system-out>{}: {}</system-out>\n    ", xml_text(one.verdict),
                     xml_text(one.message));
}

std::string time_attribute(const std::optional<double>& seconds) {
  return seconds ? fmt::format(" time=\"{:.3f}\"", *seconds) : std::string{};
}

std::string case_text(const Case& one) {
  const std::string head =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\"{}", xml_text(class_name(one)),
                  xml_text(one.id), time_attribute(one.seconds));
  const std::string content = inside(one);
  return head + (content.empty() ? "/>\n" : ">" + content + "</testcase>\n");
}

std::string suite_text(const Suite& suite) {
  std::string text = fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"{}>\n",
      xml_text(suite.name), suite.cases.size(), suite.count(CaseOutcome::failed),
      suite.count(CaseOutcome::broken), suite.count(CaseOutcome::undecided),
      time_attribute(suite.seconds()));
  for (const Case* one : suite.cases) text += case_text(*one);
  return text + "  </testsuite>\n";
}

}  // namespace

std::string write_junit(const Page& page, const Style&) {
  assert(page.cases);
  const std::vector<Case> cases = page.cases();
  Suite all{"", {}};
  for (const Case& one : cases) all.cases.push_back(&one);
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\"{}>\n",
      xml_text(page.title.plain()), cases.size(), all.count(CaseOutcome::failed),
      all.count(CaseOutcome::broken), time_attribute(all.seconds()));
  for (const Suite& suite : suites_of(cases)) text += suite_text(suite);
  return text + "</testsuites>\n";
}

}  // namespace pulsebench::render
