#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "pulsebench/compare/compare.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

TEST_CASE("results of one machine are comparable, whatever drifted beside its key") {
  auto base = document_of({});
  auto candidate = document_of({});
  base.machine.shown = {{"kernel", "6.1"}};
  candidate.machine.shown = {{"kernel", "6.6"}};
  CHECK(comparable(base, candidate).has_value());
}

TEST_CASE("results of two machines are not comparable, and the facts that differ are named") {
  auto base = document_of({});
  auto candidate = document_of({});
  candidate.machine.key = "other";
  base.machine.hashed = {{"cpu_model", "A"}, {"cores", "2"}, {"microcode", "7"}};
  candidate.machine.hashed = {{"cpu_model", "B\x1b[31m"}, {"cores", "2"}, {"ram_gib", "24"}};
  const auto verdict = comparable(base, candidate);
  REQUIRE_FALSE(verdict.has_value());
  CHECK(verdict.error().code == ErrorCode::not_comparable);
  CHECK(verdict.error().message ==
        "the results come from different machines (cpu_model 'A' and 'B?[31m', microcode '7' and "
        "'', ram_gib '' and '24'); measure both on one, or compare all the same with "
        "--on-mismatch warn");
}

TEST_CASE("keys that differ without a fact that does are shown themselves") {
  auto candidate = document_of({});
  candidate.machine.key = "other";
  CHECK(comparable(document_of({}), candidate).error().message.find("keys 'k' and 'other'") !=
        std::string::npos);
}

TEST_CASE(
    "a clock that moved is corrected up to a factor of 2, and beyond it nothing is compared") {
  const auto at_clock = [](double reference) {
    auto result = result_of("a", near(10.0));
    std::fill(result.launches.reference.begin(), result.launches.reference.end(), reference);
    return document_of({result});
  };
  CHECK(comparable(at_clock(2.0), at_clock(3.9)).has_value());
  CHECK(comparable(at_clock(3.9), at_clock(2.0)).has_value());
  for (const double other : {4.2, 0.9, 1e300, 1e-8}) {
    CAPTURE(other);
    const auto verdict = comparable(at_clock(2.0), at_clock(other));
    REQUIRE_FALSE(verdict.has_value());
    CHECK(verdict.error().code == ErrorCode::not_comparable);
  }
  CHECK(comparable(at_clock(2.0), at_clock(4.2)).error().message.find("a factor of 2.1,") !=
        std::string::npos);
}
