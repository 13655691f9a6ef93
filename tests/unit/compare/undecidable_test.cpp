#include "pulsebench/compare/undecidable.hpp"

#include <doctest/doctest.h>

#include "pulsebench/config/load.hpp"
#include "results.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

namespace {

const BenchmarkId kId = *BenchmarkId::parse("a");

std::vector<Undecidable> found(double deviation) {
  return undecidable(document_of({result_of("a", near(10))}), config::defaults(),
                     {{kId, RunSigma{deviation, 5}}});
}

}  // namespace

// R: log(1.05) / (sqrt(2) * qnorm(0.95)) = 0.020975, for the threshold of 5 % of tier 0.
TEST_CASE("a spread between runs beyond the threshold's share can never be called unchanged") {
  CHECK(found(0.0209).empty());
  const auto beyond = found(0.0211);
  REQUIRE(beyond.size() == 1);
  CHECK(beyond.front().id == kId);
  CHECK(beyond.front().threshold == Percent{5.0});
  CHECK(beyond.front().sigma.runs == 5);
}

TEST_CASE("without a learnt spread nothing is said") {
  CHECK(undecidable(document_of({result_of("a", near(10))}), config::defaults(), {}).empty());
}
