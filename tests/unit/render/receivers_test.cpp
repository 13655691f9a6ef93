#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "every_cell.hpp"
#include "pulsebench/render/formats.hpp"

using namespace pulsebench;
using namespace pulsebench::render;

namespace {

/// What a hostile benchmark could be called: a command of GitHub, a formula of a spreadsheet, a
/// table's bar, a code span's fence, a tag, a quote, an escape sequence, and what XML forbids.
const std::string kName = "=x%0A::add-mask::y|`<b>\"&'\x1b[2J\xEF\xBF\xBF,";

std::vector<Case> cases() {
  const std::vector<Figure> none{{"change_percent"}, {"blocks"}};
  return {{.id = kName,
           .suite = "tier 0",
           .verdict = "regressed",
           .outcome = CaseOutcome::failed,
           .message = "+9.0 % & more",
           .seconds = 0.5234,
           .source = SourceLine{"suites/a,b.cpp", 12},
           .cost = Cost{0.8853},
           .uncertainty = Cost{0.004},
           .figures = {{"change_percent", -9.0}, {"blocks", 17.0}}},
          {.id = "hooks/crashy",
           .suite = "tier 0",
           .verdict = "failed",
           .outcome = CaseOutcome::broken,
           .message = "crashed by signal 11",
           .figures = none},
          {.id = "metrics/add",
           .suite = "tier 1",
           .verdict = "regressed",
           .attention = true,
           .message = "+11.0 %",
           .seconds = 0.25,
           .cost = Cost{1234.5},
           .figures = {{"change_percent", 11.0}, {"blocks"}}},
          {.id = "poll",
           .suite = "tier 1",
           .verdict = "inconclusive",
           .outcome = CaseOutcome::undecided,
           .message = "too noisy",
           .figures = none},
          {.id = "budget/reset", .suite = "tier 0", .verdict = "unchanged", .figures = none}};
}

Page page() {
  return {.title = {"new compared with old"},
          .headline = {"regressed", Tone::bad, {"1 of 5"}, 1},
          .cases = cases};
}

std::string as(const char* format, const Page& shown = page()) {
  return write(shown, *find_format(format), {});
}

}  // namespace

TEST_CASE("JUnit has a suite a tier, a case a benchmark, and no word of a name beyond it") {
  CHECK(as("junit") ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="new compared with old" tests="5" failures="1" errors="1" time="0.773">
  <testsuite name="tier 0" tests="3" failures="1" errors="1" skipped="0" time="0.523">
    <testcase classname="tier0" name="=x%0A::add-mask::y|`&lt;b&gt;&quot;&amp;'?[2J?," time="0.523">
      <failure type="regressed" message="+9.0 % &amp; more">+9.0 % &amp; more
suites/a,b.cpp:12</failure>
    </testcase>
    <testcase classname="tier0.hooks" name="hooks/crashy">
      <error type="failed" message="crashed by signal 11">crashed by signal 11</error>
    </testcase>
    <testcase classname="tier0.budget" name="budget/reset"/>
  </testsuite>
  <testsuite name="tier 1" tests="2" failures="0" errors="0" skipped="1" time="0.250">
    <testcase classname="tier1.metrics" name="metrics/add" time="0.250">
      <system-out>regressed: +11.0 %</system-out>
    </testcase>
    <testcase classname="tier1" name="poll">
      <skipped message="inconclusive: too noisy"/>
    </testcase>
  </testsuite>
</testsuites>
)");
}

// The escapes: actions/toolkit, command.ts: in a property % : and , in a message % alone.
TEST_CASE("annotations point at source lines, and a name is one harmless line") {
  CHECK(as("github") ==
        "::error title=pulsebench::regressed: 1 of 5 (exit 1)\n"
        "::error title=regressed%3A =x%250A%3A%3Aadd-mask%3A%3Ay|`<b>\"&'?[2J?%2C,"
        "file=suites/a%2Cb.cpp,line=12::+9.0 %25 & more\n"
        "::error title=failed%3A hooks/crashy::crashed by signal 11\n"
        "::warning title=regressed%3A metrics/add::+11.0 %25\n");
}

TEST_CASE("code quality lists what failed or wants attention, with a place and a fingerprint") {
  const std::string text = as("codequality");
  CHECK(
      text.find(R"({"description": "=x%0A::add-mask::y|`<b>\"&'?[2J?,: regressed: +9.0 % & more",)"
                R"( "check_name": "pulsebench-regressed", "fingerprint": ")") != std::string::npos);
  CHECK(text.find(R"("severity": "major", "location": {"path": "suites/a,b.cpp", "lines": )"
                  R"({"begin": 12}}})") != std::string::npos);
  CHECK(text.find(R"("severity": "critical", "location": {"path": "hooks/crashy")") !=
        std::string::npos);
  CHECK(text.find(R"("severity": "minor", "location": {"path": "metrics/add")") !=
        std::string::npos);
  CHECK(std::ranges::count(text, '\n') == 5);
  CHECK(as("codequality", {.cases = [] { return std::vector<Case>{}; }}) == "[]\n");
}

// FNV-1a, 64 bits, of "metrics/add\nregressed", by Python: h = (h ^ byte) * 0x100000001b3 % 2**64
TEST_CASE("a fingerprint follows from the benchmark and the verdict alone") {
  CHECK(as("codequality").find("\"fingerprint\": \"64a28876aaee2be0\"") != std::string::npos);
}

TEST_CASE("OpenMetrics has the digits that the interval supports") {
  CHECK(as("openmetrics") ==
        "# TYPE pulsebench_ns_per_op gauge\n"
        "# UNIT pulsebench_ns_per_op ns_per_op\n"
        "# HELP pulsebench_ns_per_op Cost of one operation.\n"
        "pulsebench_ns_per_op{benchmark=\"=x%0A::add-mask::y|`<b>\\\"&'?[2J?,\",suite=\"tier 0\"} "
        "0.885\n"
        "pulsebench_ns_per_op{benchmark=\"metrics/add\",suite=\"tier 1\"} 1.23e+03\n"
        "# EOF\n");
}

TEST_CASE("CSV has a column a figure, and no formula") {
  CHECK(as("csv") ==
        "benchmark,suite,verdict,change_percent,blocks,source,reason\n"
        "\"'=x%0A::add-mask::y|`<b>\"\"&'?[2J?,\",tier 0,regressed,-9,17,\"suites/a,b.cpp:12\","
        "'+9.0 % & more\n"
        "hooks/crashy,tier 0,failed,,,,crashed by signal 11\n"
        "metrics/add,tier 1,regressed,11,,,'+11.0 %\n"
        "poll,tier 1,inconclusive,,,,too noisy\n"
        "budget/reset,tier 0,unchanged,,,,\n");
  CHECK(as("csv", {.cases = [] { return std::vector<Case>{}; }}) ==
        "benchmark,suite,verdict,source,reason\n");
}

TEST_CASE("a summary and a comment that fit are the Markdown") {
  const Page small = fixtures::every_cell();
  CHECK(as("github-summary", small) == as("markdown", small));
  CHECK(as("github-comment", small) == as("markdown", small));
}

// The bounds: GitHub refuses a summary beyond 1 MiB and a comment beyond 65,536 characters.
TEST_CASE("10,000 rows are cut from the end to what GitHub takes, and counted") {
  Page big{.headline = {"regressed", Tone::bad, {"many"}, 1}};
  Table table{.columns = {{.header = "benchmark"}, {.header = "change"}}};
  for (const char* title : {"regressed", "unchanged"}) {
    Group& group = table.groups.emplace_back(Group{.title = {title}});
    for (int i = 0; i < 5000; ++i) {
      group.rows.push_back(
          {.cells = {Name{std::string(150, 'x') + std::to_string(i)}, Change{Percent{9}}}});
    }
  }
  big.add(table);
  big.add(Note{Mark::attention, "mind this"});
  CHECK(as("markdown", big).size() > 1024 * 1024);
  const std::string summary = as("github-summary", big);
  CHECK(summary.size() <= 900 * 1024);
  CHECK(summary.size() > 890 * 1024);
  CHECK(summary.find("mind this") != std::string::npos);
  CHECK(summary.find("x4999`") != std::string::npos);  // the last regressed one
  CHECK(summary.find("left out for length: ") != std::string::npos);
  const std::string comment = as("github-comment", big);
  CHECK(comment.size() <= 60'000);
  CHECK(comment.find(" regressed, 5,000 unchanged") != std::string::npos);
}

TEST_CASE("notes are left out after all rows, from the end") {
  Page big{.headline = {"regressed", Tone::bad, {"many"}, 1}};
  for (int i = 0; i < 1000; ++i) big.add(Note{Mark::attention, std::string(100, 'x')});
  const std::string comment = as("github-comment", big);
  CHECK(comment.size() <= 60'000);
  CHECK(comment.find(" notes\n") != std::string::npos);
}

TEST_CASE("the formats for programs are made of benchmarks, and say so") {
  for (const char* format : {"junit", "codequality", "openmetrics", "csv"}) {
    CHECK(find_format(format)->of_cases);
  }
  for (const char* format : {"text", "markdown", "json", "github", "github-summary"}) {
    CHECK(!find_format(format)->of_cases);
  }
}
