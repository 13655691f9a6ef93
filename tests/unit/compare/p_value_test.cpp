#include "pulsebench/compare/compare.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "compared.hpp"

using namespace pulsebench;
using namespace pulsebench::compare;

TEST_CASE("the p-value of few noisy pairs is Student's, and not the normal one") {
  // Eight pairs with MAD 0.03044, so that SE = 1.2533 * 1.4826 * MAD / sqrt 8 = 0.02; T is 0.0212
  // with the default 0.5 % between runs, and the freedom 0.37 * 7 * (T/SE)^4 = 3.28. At z = 4.26
  // the tail, by Simpson's rule in Python, is 0.0099; the normal one would be 0.00001.
  const double bar = std::log(1.05) + 4.26 * 0.0212139;
  std::vector<double> now;
  for (const double d : {-0.05, -0.03044, -0.03044, -0.01, 0.01, 0.03044, 0.03044, 0.05}) {
    now.push_back(10.0 * std::exp(bar + d));
  }
  const auto base = result_of("a", std::vector<double>(8, 10.0));
  const Judged judged = compared_one(base, result_of("a", now));
  CHECK(judged.verdict == Verdict::regressed);
  CHECK(judged.z == doctest::Approx(4.26).epsilon(1e-3));
  REQUIRE(judged.p_value.has_value());
  CHECK(*judged.p_value == doctest::Approx(0.0099).epsilon(0.01));
  CHECK(judged.family == 1);
}

TEST_CASE("a p-value stands beside every verdict of a rule of time, with its family") {
  const Comparison all =
      compared(document_of({result_of("slower", near(10)), result_of("same", near(10)),
                            result_of("faster", near(10)), result_of("open", near(10)),
                            result_of("gone", near(10))}),
               document_of({result_of("slower", near(12)), result_of("same", near(10)),
                            result_of("faster", near(8)), result_of("open", near(10.5))}));
  for (const Judged& judged : all.benchmarks) {
    CAPTURE(judged.info.id.text());
    const bool decided = judged.info.id.text() != "open" && judged.info.id.text() != "gone";
    CHECK(judged.p_value.has_value() == decided);
    if (decided) CHECK(*judged.p_value < 0.0025);
    CHECK(judged.family == (judged.info.id.text() == "gone" ? 0 : 4));
  }
}
