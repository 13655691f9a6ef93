#include "pulsebench/wire/line_buffer.hpp"

#include <doctest/doctest.h>

using pulsebench::wire::LineBuffer;

TEST_CASE("a line that arrives in pieces comes out whole") {
  LineBuffer lines;
  lines.append("{\"a\"");
  CHECK_FALSE(lines.next().has_value());
  lines.append(":1}\n{}\nrest");
  CHECK(lines.next() == "{\"a\":1}");
  CHECK(lines.next() == "{}");
  CHECK_FALSE(lines.next().has_value());
  lines.append("\n");
  CHECK(lines.next() == "rest");
}

TEST_CASE("bytes without a newline beyond the limit are a flood, at the limit they are not") {
  LineBuffer lines{8};
  lines.append("12345678");
  CHECK_FALSE(lines.next().has_value());
  CHECK_FALSE(lines.flooded());
  lines.append("9");
  CHECK(lines.flooded());
}
