#include "pulsebench/vocabulary/nearest.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

using pulsebench::nearest;

TEST_CASE("a slip of the finger finds the word that was meant") {
  constexpr std::array<std::string_view, 3> known{"threshold_percent", "alpha", "effect"};
  CHECK(nearest("treshold_percent", known) == "threshold_percent");
  CHECK(nearest("alhpa", known) == "alpha");
  CHECK(nearest("rnu", std::array<std::string_view, 2>{"ab", "run"}) == "run");  // one exchange
  CHECK(nearest("efect", known) == "effect");
  CHECK(nearest("colour", known) == std::nullopt);
  CHECK(nearest("effect_of_it", known) == std::nullopt);
}

TEST_CASE("nothing is near an empty list, and a novel is near nothing") {
  CHECK(nearest("alpha", {}) == std::nullopt);
  constexpr std::array<std::string_view, 1> known{"alpha"};
  CHECK(nearest(std::string(1'000'000, 'a'), known) == std::nullopt);
}
