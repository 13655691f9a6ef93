#include "workflow/json_text.hpp"

#include <doctest/doctest.h>

using workflow::quote;

// Expected by RFC 8259, section 7.
TEST_CASE("a string is quoted as JSON wants it") {
  CHECK(quote("") == R"("")");
  CHECK(quote(R"(a "b" \ c)") == R"("a \"b\" \\ c")");
  CHECK(quote(std::string("\n\0\x1f", 3)) == R"("\u000a\u0000\u001f")");
  CHECK(quote("Grüße") == "\"Grüße\"");
}
