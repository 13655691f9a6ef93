#include "pulsebench/wire/criterion_sample.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace pulsebench;
using wire::decode_criterion_sample;

// The shape of Criterion.rs 0.5: `sample.json` has the total ns of each sample in `times`, and
// `iters` iterations in it; linear sampling takes n, 2n, 3n ...
TEST_CASE("a sample of Criterion is its time over its iterations") {
  const auto visit = decode_criterion_sample(
      R"({"sampling_mode":"Linear","iters":[100.0,200.0,300.0],"times":[2500.0,5100.0,7500.0]})");
  REQUIRE(visit);
  REQUIRE(visit->slices.size() == 3);
  CHECK(visit->slices[0].ns_per_op == doctest::Approx(25.0));
  CHECK(visit->slices[1].ns_per_op == doctest::Approx(25.5));
  CHECK(visit->slices[2].ns_per_op == doctest::Approx(25.0));
  CHECK(visit->operations == 300);
}

TEST_CASE("a sample of Criterion that is cut, empty or no time is refused") {
  for (const char* text : {"", "{", "[]", R"({"iters":[],"times":[]})",
                           R"({"iters":[1.0],"times":[]})", R"({"iters":[0.0],"times":[1.0]})",
                           R"({"iters":[1.0],"times":[0.0]})", R"({"iters":[1.0],"times":[-1.0]})",
                           R"({"iters":[1.0],"times":["1"]})", R"({"times":[1.0]})"}) {
    const auto visit = decode_criterion_sample(text);
    REQUIRE(!visit);
    CHECK(visit.error().code == ErrorCode::child_failed);
  }
}

TEST_CASE("the id of a Criterion benchmark is its full id") {
  const auto id = wire::decode_criterion_id(
      R"({"group_id":"group","function_id":"by","value_str":"10","throughput":null,"full_id":"group/by/10","directory_name":"group/by/10","title":"group/by/10"})");
  REQUIRE(id);
  CHECK(*id == "group/by/10");
  CHECK(!wire::decode_criterion_id("{}"));
  CHECK(!wire::decode_criterion_id("x"));
}

TEST_CASE("a list of Criterion has one benchmark a line") {
  CHECK(
      wire::criterion_list("fifty: benchmark\ngroup/by/10: benchmark\n\n2 tests, 0 benchmarks\n") ==
      std::vector<std::string>{"fifty", "group/by/10"});
  CHECK(wire::criterion_list(": benchmark\nhelp\n").empty());
}
