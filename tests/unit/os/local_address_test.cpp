#include "pulsebench/os/local_address.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::os;

TEST_CASE("addresses are read as they are written") {
  for (const std::string text : {"127.0.0.1:8080", "127.0.0.1:65535", "unix:/run/a.sock"}) {
    CHECK(text_of(parse_local_address(text).value()) == text);
  }
}

TEST_CASE("load goes to this machine alone") {
  for (const std::string text :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:80x",
        "10.0.0.1:80", "example.com:80", "unix:", "unix:relative.sock"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_local_address(text).has_value());
  }
}

TEST_CASE("a path for a socket has the length that the kernel takes") {
  // unix(7): sun_path has 108 bytes, with the zero at its end.
  CHECK(parse_local_address("unix:/" + std::string(106, 'x')).has_value());
  const auto longer = parse_local_address("unix:/" + std::string(107, 'x'));
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().message.find("at most 107 bytes") != std::string::npos);
}

TEST_CASE("an address without a server is an error that names it") {
  const auto none = connect_to({.port = 0, .unix_path = "/nowhere/pulsebench.sock"});
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().message ==
        "cannot connect to unix:/nowhere/pulsebench.sock: No such file or directory");
}
