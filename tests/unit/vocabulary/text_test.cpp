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

// By what a POSIX shell does with the same text.
TEST_CASE("a command line is split into words, and quotes keep blanks") {
  using pulsebench::split_words;
  CHECK(split_words("gzip  -9 'a file'") == Parts{"gzip", "-9", "a file"});
  CHECK(split_words(R"(a"b c"d \'x '\')") == Parts{"ab cd", "'x", "\\"});
  CHECK(split_words("x '' \"\"") == Parts{"x", "", ""});
  CHECK(split_words(" \t\n") == Parts{});
  CHECK(split_words("say 'hello") == std::nullopt);
}
