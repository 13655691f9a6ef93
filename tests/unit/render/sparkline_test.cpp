#include <doctest/doctest.h>

#include "pulsebench/render/cell_text.hpp"

using namespace pulsebench::render;

namespace {

std::string drawn(std::vector<double> values, const Style& style = {}) {
  return draw(Cell{Sparkline{std::move(values)}}, style).plain();
}

}  // namespace

TEST_CASE("a sparkline reaches from its least value to its greatest") {
  CHECK(drawn({10, 11, 12, 13, 14, 15, 16, 17}) == "▁▂▃▄▅▆▇█");
  CHECK(drawn({17, 10}) == "█▁");
}

TEST_CASE("a sparkline shows no noise: its full height is at least 5 % of the least value") {
  CHECK(drawn({100, 100.2, 100.1}) == "▁▁▁");
  CHECK(drawn({100, 105}) == "▁█");
  CHECK(drawn({100, 102.5}) == "▁▅");
}

TEST_CASE("a sparkline of one value, of zeros or of nothing has no height") {
  CHECK(drawn({5}) == "▁");
  CHECK(drawn({0, 0}) == "▁▁");
  CHECK(drawn({}).empty());
}

TEST_CASE("a sparkline in ASCII is of digits") {
  CHECK(drawn({10, 20}, {.unicode = false}) == "18");
}
