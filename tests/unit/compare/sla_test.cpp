#include "pulsebench/compare/sla.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::compare;

TEST_CASE("a server without an error meets a limit of 0.1 % from 3,000 requests on") {
  CHECK(requests_to_show(0.001) == 3000);
  CHECK(requests_to_show(0.01) == 300);
  CHECK(judge_error_rate(0, 2999, 0.001) == SlaVerdict::not_shown);
  CHECK(judge_error_rate(0, 3000, 0.001) == SlaVerdict::met);
  CHECK(judge_error_rate(0, 299, 0.01) == SlaVerdict::not_shown);
  CHECK(judge_error_rate(0, 300, 0.01) == SlaVerdict::met);
}

TEST_CASE("a server that errs once in 500 requests misses a limit of 0.1 %") {
  // Exact lower bounds at 0.95 of a rate of 0.2 %, by summing the binomial distribution: 8 of 4000
  // is above 0.000996, 9 of 4500 above 0.001044.
  CHECK(judge_error_rate(1, 500, 0.001) == SlaVerdict::not_shown);
  CHECK(judge_error_rate(8, 4000, 0.001) == SlaVerdict::not_shown);
  CHECK(judge_error_rate(9, 4500, 0.001) == SlaVerdict::missed);
}

TEST_CASE("a server with errors below its limit needs more requests than one without") {
  CHECK(judge_error_rate(1, 3000, 0.001) == SlaVerdict::not_shown);
  CHECK(judge_error_rate(1, 5000, 0.001) == SlaVerdict::met);
  CHECK(judge_error_rate(0, 0, 0.001) == SlaVerdict::not_shown);
}

TEST_CASE("a limit of a percentile is kept or not by most of the blocks") {
  CHECK(judge_kept_blocks(20, 20, 0.01) == SlaVerdict::met);
  CHECK(judge_kept_blocks(0, 20, 0.01) == SlaVerdict::missed);
  CHECK(judge_kept_blocks(10, 20, 0.01) == SlaVerdict::not_shown);
  CHECK(judge_kept_blocks(3, 3, 0.01) == SlaVerdict::not_shown);  // no three blocks can show it
  CHECK(judge_kept_blocks(0, 0, 0.01) == SlaVerdict::not_shown);
}
