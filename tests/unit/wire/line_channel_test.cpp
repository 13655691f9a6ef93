#include "pulsebench/wire/line_channel.hpp"

#include <unistd.h>

#include <array>
#include <string>

#include <doctest/doctest.h>

using namespace pulsebench::wire;

TEST_CASE("a channel is two descriptors with a comma") {
  const auto channel = parse_channel("3,4");
  REQUIRE(channel.has_value());
  CHECK(channel->requests == 3);
  CHECK(channel->events == 4);
  for (const char* const text : {"", "3", "3,", ",4", "3;4", "-1,4", "3,-4", "3,4,5", "a,b"}) {
    CHECK_FALSE(parse_channel(text).has_value());
  }
}

TEST_CASE("a line is written with its end") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  CHECK(write_line(ends[1], "{}"));
  ::close(ends[1]);
  std::string got(8, ' ');
  got.resize(static_cast<std::size_t>(::read(ends[0], got.data(), got.size())));
  CHECK(got == "{}\n");
  ::close(ends[0]);
  CHECK_FALSE(write_line(ends[1], "{}"));
}
