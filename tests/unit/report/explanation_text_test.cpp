#include "pulsebench/report/explanation_text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "fixtures.hpp"

using namespace pulsebench;
using report::describe_explanation;

namespace {

FunctionChange grown(const char* name, double from, double to) {
  return {.name = name,
          .object = "bench",
          .where = SourceLine{"src/victim.cpp", 20},
          .base = from,
          .candidate = to};
}

compare::Judged regressed(Explanation explanation, double percent = 8.2) {
  compare::Judged judged{.info = {.id = *BenchmarkId::parse("a/b")}};
  judged.verdict = compare::Verdict::regressed;
  judged.change = Percent{percent};
  judged.explanation = std::move(explanation);
  return judged;
}

}  // namespace

TEST_CASE("the function with more instructions is named with its line") {
  CHECK(describe_explanation(regressed({.base = 655.0,
                                        .candidate = 679.0,
                                        .functions = {grown("leaf(unsigned long)", 246, 270)}})) ==
        "of 24.0 more instructions leaf() has +24.0 (victim.cpp:20)");
}

TEST_CASE("the functions with the most are named, and those with fewer are not") {
  const auto text = describe_explanation(
      regressed({.base = 100.0,
                 .candidate = 125.5,
                 .functions = {grown("void a::run<int>(int) const", 10, 30), grown("b()", 20, 10),
                               grown("c()", 10, 19), grown("d()", 10, 16), grown("e()", 1, 1.5)}}));
  CHECK(text ==
        "of 25.5 more instructions a::run() has +20.0 (victim.cpp:20), c() +9.00 (victim.cpp:20), "
        "d() +6.00 (victim.cpp:20)");
}

TEST_CASE("an inlined function that has most of the difference is named beside it") {
  FunctionChange function = grown("leaf(unsigned long)", 246, 270);
  function.inlined = {"chain(unsigned long, int)", SourceLine{"/src/victim.cpp", 17}, 23.0};
  CHECK(describe_explanation(
            regressed({.base = 655.0, .candidate = 679.0, .functions = {function}})) ==
        "of 24.0 more instructions leaf() has +24.0 (victim.cpp:20; inlined chain() +23.0, "
        "victim.cpp:17)");
}

TEST_CASE("a function without a known line is named with its library") {
  FunctionChange function{
      .name = "memcpy", .object = "libc.so.6", .where = {}, .base = {}, .candidate = 3.0};
  CHECK(describe_explanation(regressed({.base = 6.0, .candidate = 9.0, .functions = {function}})) ==
        "of 3.00 more instructions memcpy() has +3.00 (libc.so.6)");
}

TEST_CASE("instructions that grow by far less than the time are no whole explanation") {
  const auto text = describe_explanation(regressed(
      {.base = 100'000.0, .candidate = 100'010.0, .functions = {grown("leaf()", 1, 11)}}));
  CHECK(text.find("of 10.0 more instructions leaf() has +10.0") == 0);
  CHECK(text.find("layout, cache or data") != std::string::npos);
}

TEST_CASE("equal and fewer instructions leave layout, cache or data") {
  CHECK(describe_explanation(regressed({.base = 655.0, .candidate = 655.0})) ==
        "the same number of instructions, so layout, cache or data made it slower (profile cpu "
        "--against shows where)");
  CHECK(describe_explanation(regressed(
            {.base = 655.0, .candidate = 643.0, .functions = {grown("leaf()", 24, 12)}})) ==
        "12.0 fewer instructions, so layout, cache or data made it slower (profile cpu --against "
        "shows where): leaf() -12.0 (victim.cpp:20)");
}

TEST_CASE("what was not counted has a reason, and what was not asked for has no text") {
  CHECK(describe_explanation(regressed({.reason = "valgrind is not installed"})) ==
        "not explained: valgrind is not installed");
  compare::Judged judged = regressed({});
  judged.explanation.reset();
  CHECK(describe_explanation(judged).empty());
}

TEST_CASE("the functions of each explanation are a table of details") {
  compare::Comparison comparison;
  comparison.benchmarks.push_back(
      regressed({.base = 655.0, .candidate = 679.0, .functions = {grown("leaf()", 246, 270)}}));
  const auto table = report::explanations_table(comparison);
  CHECK(table.detail);
  REQUIRE(table.groups.size() == 1);
  CHECK(table.groups[0].rows.size() == 2);  // the function, and the sum of all
  CHECK(report::explanations_table({}).groups.empty());
}
