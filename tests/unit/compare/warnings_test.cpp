#include "pulsebench/compare/warnings.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "pulsebench/config/load.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

using Lines = std::vector<std::string>;

Lines warnings(const baseline::Document& base, const baseline::Document& candidate) {
  return warnings_about(base, candidate, config::defaults());
}

}  // namespace

TEST_CASE("two full runs of one machine on one tree need no warning") {
  const auto document = document_of({result_of("a", near(10))});
  CHECK(warnings(document, document).empty());
}

TEST_CASE("fewer launches than the tiers ask for are one line for each side") {
  const auto base =
      document_of({result_of("a", near(10, 0.001, 8)), result_of("b", near(10, 0.001, 12)),
                   result_of("c", near(10, 0.001, 15), Tier::fast), result_of("d", near(10))});
  const auto candidate = document_of({result_of("a", near(10))});
  CHECK(
      warnings(base, candidate) ==
      Lines{"the old result has fewer launches than its tiers ask for: 8 of 20 in tier 0, 15 of 16 "
            "in tier 1"});
}

TEST_CASE("an incomplete run and uncommitted changes are told") {
  auto base = document_of({});
  base.complete = false;
  base.incomplete_because = "interrupted by SIGINT";
  auto candidate = document_of({});
  candidate.git.dirty = true;
  CHECK(warnings(base, candidate) == Lines{"the old result is incomplete: interrupted by SIGINT",
                                           "the new result was measured with uncommitted changes"});
}

TEST_CASE("facts that drifted are told, hashed ones or equal ones are not") {
  auto base = document_of({});
  auto candidate = document_of({});
  base.machine.shown = {{"kernel", "6.1"}, {"libc", "2.36"}};
  candidate.machine.shown = {{"libc", "2.36"}, {"kernel", "6.6"}};
  CHECK(warnings(base, candidate) == Lines{"kernel differs: '6.1' then, '6.6' now"});
}

TEST_CASE("the same binaries on both sides are told, and one that differs ends it") {
  auto base = document_of({});
  base.suites = {{"tier0", "aa", {}}, {"floors", "bb", {}}};
  auto candidate = base;
  const Lines same = warnings(base, candidate);
  REQUIRE(same.size() == 1);
  CHECK(same[0].find("the same binaries") != std::string::npos);
  candidate.benchmarks = {result_of("a", near(10))};
  candidate.benchmarks[0].injected_percent = 15;
  CHECK(warnings(base, candidate).front().find("was injected") != std::string::npos);
  candidate.suites[1].sha256 = "cc";
  CHECK(warnings(base, candidate).empty());
  candidate.suites.clear();
  CHECK(warnings(base, candidate).empty());
}
