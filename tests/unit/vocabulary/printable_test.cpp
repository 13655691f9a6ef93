#include "pulsebench/vocabulary/printable.hpp"

#include <doctest/doctest.h>

using pulsebench::is_printable;
using pulsebench::printable;

TEST_CASE("malformed UTF-8 is not printable") {
  // RFC 3629, section 10, and the Unicode standard's table 3-7: overlong "/", a surrogate, beyond
  // U+10FFFF, a lone continuation byte, a cut sequence.
  for (const char* text :
       {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82"}) {
    CHECK_FALSE(is_printable(text));
  }
  CHECK(is_printable("\xF4\x8F\xBF\xBF"));
}

TEST_CASE("text that could steer a terminal is shown without its teeth") {
  CHECK(printable("red\x1b[31m") == "red?[31m");
  CHECK(printable("\xE2\x80\xAE"
                  "abc") == "?abc");  // right-to-left override
  CHECK(printable("abcdef", 4) == "abcd...");
  CHECK_FALSE(is_printable("\xC2\x9B"));  // the C1 control sequence introducer
}
