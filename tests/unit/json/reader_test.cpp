#include "pulsebench/json/reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "pulsebench/vocabulary/benchmark.hpp"

using namespace pulsebench;
using json::Bounds;
using json::Problem;
using json::Reader;

namespace {

/// What is noted when `read` reads the object in `text`.
template <class Read>
std::string problem_of(const std::string& text, Read read) {
  const json::Value object = json::parse(text, "f").value();
  Problem problem;
  Reader reader{object, problem};
  read(reader);
  return problem.text();
}

}  // namespace

TEST_CASE("an absent field leaves its target, and a required one is a problem") {
  double alpha = 0.25;
  CHECK(problem_of("{}", [&](Reader& r) { r.read("alpha", alpha, Bounds{0, 1}); }).empty());
  CHECK(alpha == 0.25);
  CHECK(problem_of("{}", [](Reader& r) { (void)r.real("alpha", 0, 1); }) == "'alpha' is missing");
}

TEST_CASE("both ends of the bounds are allowed, and what is beyond them is shown") {
  const auto read = [](Reader& r) { (void)r.small("n", 1, 10); };
  CHECK(problem_of(R"({"n": 1})", read).empty());
  CHECK(problem_of(R"({"n": 10})", read).empty());
  CHECK(problem_of(R"({"n": 11})", read) == "'n' must be a whole number from 1 to 10, not 11");
  CHECK(problem_of(R"({"n": 1.5})", read) == "'n' must be a whole number from 1 to 10, not 1.5");
  CHECK(problem_of(R"({"n": "1"})", read) == "'n' must be a whole number from 1 to 10, not \"1\"");
}

TEST_CASE("the bounds of a seed are beyond every signed number, and still shown") {
  const auto read = [](Reader& r) { (void)r.whole("seed", 0, UINT64_MAX); };
  CHECK(problem_of(R"({"seed": 18446744073709551615})", read).empty());
  CHECK(problem_of(R"({"seed": "x"})", read) ==  // 2^64, the nearest double
        "'seed' must be a whole number from 0 to 18446744073709551616, not \"x\"");
}

TEST_CASE("a problem names the path of its field in objects and lists") {
  const auto read = [](Reader& r) {
    auto gates = r.child("gates");
    REQUIRE(gates.has_value());
    gates->each("tiers", 4, [](Reader& tier) { (void)tier.real("threshold", 0, 100); });
  };
  CHECK(problem_of(R"({"gates": {"tiers": [{"threshold": 5}, {"threshold": 500}]}})", read) ==
        "'gates.tiers[1].threshold' must be a number from 0 to 100, not 500");
  CHECK(problem_of(R"({"gates": {"tiers": [7]}})", read) ==
        "'gates.tiers[0]' must be an object, not a number");
  CHECK(problem_of(R"({"gates": {"tiers": [{}, {}, {}, {}, {}]}})", read) ==
        "'gates.tiers' has more than 4 entries");
}

TEST_CASE("only the first problem is kept") {
  CHECK(problem_of("{}", [](Reader& r) {
          (void)r.flag("first");
          (void)r.flag("second");
        }) == "'first' is missing");
}

TEST_CASE("an unknown key is named with the one that was meant") {
  const auto read = [](Reader& r) { r.know_only({"threshold", "alpha"}); };
  CHECK(problem_of(R"({"treshold": 5})", read) ==
        "'treshold' is not known; did you mean 'threshold'");
  CHECK(problem_of(R"({"colour": 5})", read) ==
        "'colour' is not known; known here are threshold, alpha");
}

TEST_CASE("a word that is none of an enum's is refused with all of them") {
  const auto read = [](Reader& r) { (void)r.named<Role>("role"); };
  CHECK(problem_of(R"({"role": "floor"})", read).empty());
  CHECK(problem_of(R"({"role": "roof"})", read) ==
        "'role' must be \"operation\" or \"floor\", not \"roof\"");
}

TEST_CASE("numbers of a list are checked one by one") {
  const auto read = [](Reader& r) { (void)r.reals("ns", json::kAboveZero, 1e13); };
  CHECK(problem_of(R"({"ns": [1, 2.5]})", read).empty());
  CHECK(problem_of(R"({"ns": [1, 0.0]})", read) ==
        "'ns[1]' must be a positive number up to 1e+13, not 0.0");
  CHECK(problem_of(R"({"ns": 1})", read) == "'ns' must be a list");
}

TEST_CASE("texts are bounded, and printable where that is asked for") {
  const auto read = [](Reader& r) { (void)r.text("label", {.least = 1, .most = 3}); };
  CHECK(problem_of(R"({"label": "abc"})", read).empty());
  CHECK(problem_of(R"({"label": "abcd"})", read) == "'label' is longer than 3 bytes");
  CHECK(problem_of(R"({"label": ""})", read) == "'label' is empty");
  CHECK(problem_of(R"({"label": 1})", read) == "'label' must be a text");
  CHECK(problem_of("{\"label\": \"a\\u001b\"}", [](Reader& r) {
          (void)r.text("label", json::kPrintable);
        }) == "'label' must be a printable text that is not empty");
}
