#include "pulsebench/report/reason_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace pulsebench;
using namespace pulsebench::report;
using compare::Reason;
using compare::ReasonCode;
using compare::Side;

TEST_CASE("every code has a sentence, with what it needs and without") {
  for (int i = 0; i <= static_cast<int>(ReasonCode::means_scatter); ++i) {
    const auto code = static_cast<ReasonCode>(i);
    CAPTURE(name_of(code));
    const Reason bare{.code = code};
    const Reason full{.code = code,
                      .numbers = {1, 2, 3, 4, 5, 6},
                      .texts = {"x", "y", "z"},
                      .side = Side::new_side,
                      .status = Status::crashed};
    CHECK(describe_reason(full) != name_of(code));
    CHECK_FALSE(describe_reason(full).empty());
    CHECK(describe_reason(full).find_first_of("{}") == std::string::npos);
    CHECK(describe_reason(bare).find_first_of("{}") == std::string::npos);
  }
}

TEST_CASE("the sentences of reasons that carry more than one number") {
  CHECK(describe_reason({.code = ReasonCode::near_threshold, .numbers = {5.21, 5}}) ==
        "+5.2 % is too close to the threshold of 5 % to decide");
  CHECK(describe_reason({.code = ReasonCode::interval_too_wide, .numbers = {-3.14, 9, 5}}) ==
        "the interval from -3.1 % to +9.0 % is too wide for a threshold of 5 %");
  CHECK(describe_reason({.code = ReasonCode::two_modes,
                         .numbers = {12, 5650, 8, 6.254},
                         .side = Side::new_side}) ==
        "new launches fall into two modes: 12 near 5650 ns, 8 near 6.25 ns");
  CHECK(describe_reason({.code = ReasonCode::few_launches,
                         .numbers = {8, 20, 0, 15, 16, 1},
                         .side = Side::old_side}) ==
        "the old result has fewer launches than its tiers ask for: 8 of 20 in tier 0, 15 of 16 in "
        "tier 1");
  CHECK(describe_reason({.code = ReasonCode::other_batch_size, .numbers = {20'000, 18'000}}) ==
        "batch size 20000 before, 18000 after");
}

TEST_CASE("a count that moved is shown with its change, unless there was none before") {
  CHECK(describe_reason(
            {.code = ReasonCode::count_moved, .numbers = {20, 22}, .texts = {"instructions"}}) ==
        "instructions 20 -> 22 (+10.0 %)");
  CHECK(describe_reason(
            {.code = ReasonCode::count_moved, .numbers = {0, 0.104}, .texts = {"allocations"}}) ==
        "allocations 0 -> 0.104");
  CHECK(describe_reason({.code = ReasonCode::count_moved,
                         .numbers = {100'000, 100'003},
                         .texts = {"instructions"}}) == "instructions 100000 -> 100003 (+0.003 %)");
  CHECK(describe_reason({.code = ReasonCode::counts_moved,
                         .numbers = {20, 30, 1, 2},
                         .texts = {"a", "instructions", "allocations"}}) ==
        "a: its time did not change, its counts did: instructions 20 -> 30 (+50.0 %); allocations "
        "1 -> 2 (+100.0 %)");
}

TEST_CASE("a side without a measurement says how it ended, and why where that is known") {
  Reason crashed{.code = ReasonCode::no_measurement,
                 .texts = {"died of SIGSEGV"},
                 .side = Side::old_side,
                 .status = Status::crashed};
  CHECK(describe_reason(crashed) == "the old side crashed: died of SIGSEGV");
  crashed.texts.clear();
  CHECK(describe_reason(crashed) == "the old side crashed");
}

TEST_CASE("an untrusted text cannot steer the terminal") {
  CHECK(describe_reason(
            {.code = ReasonCode::incomplete, .texts = {"\x1b[2J"}, .side = Side::new_side}) ==
        "the new result is incomplete: ?[2J");
}

TEST_CASE("reasons are joined in their order") {
  CHECK(describe_reasons({}).empty());
  CHECK(describe_reasons({{.code = ReasonCode::missing}, {.code = ReasonCode::undecided}}) ==
        "missing from the new result; +0.0 % is too close to the threshold of 0 % to decide");
}
