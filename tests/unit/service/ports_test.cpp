#include "pulsebench/service/ports.hpp"

#include <set>

#include <doctest/doctest.h>

TEST_CASE("free ports differ") {
  const auto ports = pulsebench::service::free_ports(20);
  REQUIRE(ports.has_value());
  CHECK(std::set<std::uint16_t>(ports->begin(), ports->end()).size() == 20);
  for (const auto port : *ports) CHECK(port >= 1024);
}
