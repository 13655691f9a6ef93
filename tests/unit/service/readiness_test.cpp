#include "pulsebench/service/readiness.hpp"

#include <doctest/doctest.h>

using namespace pulsebench::service;
using Kind = Readiness::Kind;

TEST_CASE("a readiness is read with its placeholders") {
  const auto http = parse_readiness("http://127.0.0.1:{port.http}/health?deep=1").value();
  CHECK(http.kind == Kind::http);
  CHECK(http.address == "127.0.0.1:{port.http}");
  CHECK(http.path == "/health?deep=1");
  CHECK(parse_readiness("http://127.0.0.1:80").value().path == "/");
  const auto tcp = parse_readiness("tcp://127.0.0.1:80").value();
  CHECK(tcp.kind == Kind::connect);
  CHECK(tcp.address == "127.0.0.1:80");
  CHECK(parse_readiness("unix:{socket.db}").value().address == "unix:{socket.db}");
}

TEST_CASE("what is no readiness says what one is") {
  const auto wrong = parse_readiness("https://127.0.0.1:80/");
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().message.find("write http://127.0.0.1:{port.NAME}/PATH") != std::string::npos);
}
