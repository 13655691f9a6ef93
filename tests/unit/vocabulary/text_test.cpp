#include "pulsebench/vocabulary/text.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using pulsebench::has_part;
using pulsebench::split;
using Parts = std::vector<std::string>;

TEST_CASE("a text has one part more than separators, and parts may be empty") {
  CHECK(split("a,b,c", ',') == Parts{"a", "b", "c"});
  CHECK(split(",a,", ',') == Parts{"", "a", ""});
  CHECK(split("", ',') == Parts{""});
}

TEST_CASE("a part is found whole and nowhere else") {
  CHECK(has_part("BM_Copy/manual_time/8", "manual_time", '/'));
  CHECK_FALSE(has_part("BM_manual_time/8", "manual_time", '/'));
}
