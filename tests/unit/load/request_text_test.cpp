#include "pulsebench/load/request_text.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using load::request_text;

TEST_CASE("a request is written as RFC 9112 says") {
  CHECK(request_text({}, "127.0.0.1:80").value() ==
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nConnection: keep-alive\r\n\r\n");
  CHECK(request_text({.method = "POST",
                      .path = "/orders?dry=1",
                      .headers = {{"Content-Type", "application/json"}},
                      .body = "{}"},
                     "localhost")
            .value() ==
        "POST /orders?dry=1 HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_CASE("a POST without a body says so, since a server would wait for one") {
  CHECK(request_text({.method = "POST"}, "h")->find("Content-Length: 0\r\n") != std::string::npos);
}

TEST_CASE("no field of a request can add another one") {
  CHECK_FALSE(request_text({.method = "GET /"}, "h").has_value());
  CHECK_FALSE(request_text({.path = "/ HTTP/1.1\r\nX: y"}, "h").has_value());
  CHECK_FALSE(request_text({.path = "orders"}, "h").has_value());
  CHECK_FALSE(request_text({.headers = {{"X", "y\r\nZ: w"}}}, "h").has_value());
  CHECK_FALSE(request_text({.headers = {{"X:", "y"}}}, "h").has_value());
  const auto length = request_text({.headers = {{"content-LENGTH", "7"}}}, "h");
  REQUIRE_FALSE(length.has_value());
  CHECK(length.error().message == "the header 'content-LENGTH' is set already; remove it");
}
