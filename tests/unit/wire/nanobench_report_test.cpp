#include "pulsebench/wire/nanobench_report.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench;
using wire::decode_nanobench;

namespace {

// In the shape of nanobench's `templates::json()`; its documentation says that `elapsed` is in
// seconds for one iteration, and that a unit is `batch` of them.
std::string report(const std::string& title, const std::string& batch, const std::string& epochs) {
  return R"~({
    "results": [
        {
            "title": ")~" +
         title + R"~(",
            "name": "x += x",
            "unit": "op",
            "batch": )~" +
         batch + R"~(,
            "complexityN": -1,
            "epochs": 2,
            "median(elapsed)": 2.015e-09,
            "medianAbsolutePercentError(elapsed)": 0.001,
            "totalTime": 0.00026,
            "measurements": [)~" +
         epochs + R"~(]
        }
    ]
})~";
}

const std::string kEpochs =
    R"({"iterations": 5625, "elapsed": 2.0e-09, "pagefaults": 0}, {"iterations": 5584, "elapsed": 2.03e-09})";

}  // namespace

TEST_CASE("the epochs of a nanobench report are slices of one unit") {
  const auto found = decode_nanobench(report("sums", "1", kEpochs));
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK((*found)[0].id == "sums/x += x");
  REQUIRE((*found)[0].epochs.size() == 2);
  CHECK((*found)[0].epochs[0].ns_per_op == doctest::Approx(2.0));
  CHECK((*found)[0].epochs[1].ns_per_op == doctest::Approx(2.03));
}

TEST_CASE(
    "a unit is a part of an iteration where there is a batch, and the usual title is no name") {
  const auto found = decode_nanobench(report("benchmark", "10", kEpochs));
  REQUIRE(found);
  CHECK((*found)[0].id == "x += x");
  CHECK((*found)[0].epochs[0].ns_per_op == doctest::Approx(0.2));
}

TEST_CASE("what the program prints before its report is passed over") {
  CHECK(decode_nanobench("|  ns/op | benchmark\n" + report("benchmark", "1", kEpochs) + "\nbye\n"));
}

TEST_CASE(
    "a nanobench report without epochs, with an impossible time or of other text is refused") {
  const auto why_not = [](const std::string& text) {
    const auto found = decode_nanobench(text);
    REQUIRE(!found);
    CHECK(found.error().code == ErrorCode::child_failed);
    return found.error().message;
  };
  CHECK(why_not(report("t", "1", "")).find("has no epochs") != std::string::npos);
  CHECK(why_not(report("t", "0", kEpochs)).find("'batch' is zero") != std::string::npos);
  CHECK(why_not(report("t", "1", R"({"elapsed": 0})")).find("'elapsed' is zero") !=
        std::string::npos);
  CHECK(why_not(report("t", "1", R"({"elapsed": -1})")).find("'elapsed'") != std::string::npos);
  CHECK(
      why_not(R"({"results": [{"title": "t", "name": "n", "batch": 1}]})").find("'measurements'") !=
      std::string::npos);
  CHECK(why_not(R"({"results": []})").find("no results") != std::string::npos);
  CHECK(why_not("| ns/op | benchmark").find("not one JSON document") != std::string::npos);
  CHECK(why_not("").find("not one JSON document") != std::string::npos);
}

TEST_CASE("a text that could be nanobench's is told from others") {
  CHECK(wire::looks_like_nanobench(report("t", "1", kEpochs)));
  CHECK(!wire::looks_like_nanobench("{\"results\": []}"));
  CHECK(!wire::looks_like_nanobench("BM_Sort/4096\n"));
}
