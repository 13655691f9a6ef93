#include "pulsebench/load/burst.hpp"

#include <doctest/doctest.h>

#include "scripted_server.hpp"

using namespace pulsebench::load;
using namespace std::chrono_literals;

namespace {

const std::string kRight = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

HttpClient client_of(const ScriptedServer& server, int connections = 2,
                     const std::string& body_contains = "hell") {
  return HttpClient::open({.address = server.address(),
                           .connections = connections,
                           .request = {},
                           .status = 200,
                           .body_contains = body_contains})
      .value();
}

Burst closed_burst(HttpClient& client, std::chrono::nanoseconds length = 40ms) {
  return take_burst(client, {.length = length, .patience = 2s});
}

}  // namespace

TEST_CASE("a closed burst counts requests whose answers arrive in pieces") {
  const ScriptedServer server{[](int request) {
    return request % 2 == 0 ? std::vector<std::string>{kRight}
                            : std::vector<std::string>{kRight.substr(0, 20), kRight.substr(20)};
  }};
  HttpClient client = client_of(server);
  const Burst burst = closed_burst(client);
  CHECK(burst.requests > 4);
  CHECK(burst.errors == 0);
  CHECK(burst.latencies.count() == burst.requests);
  CHECK(burst.seconds >= 0.04);
  CHECK(burst.reconnections == 0);
  CHECK(burst.request_ns() ==
        doctest::Approx(burst.seconds * 1e9 / static_cast<double>(burst.requests)));
  // Each slice lasts 2 ms or longer, so that there are at most 20 of them.
  CHECK(burst.slices_ns.size() < 20);
  for (const double slice : burst.slices_ns) CHECK(slice > 0.0);
}

TEST_CASE("each wrong answer is an error, and the first one is named") {
  const ScriptedServer server{[](int request) {
    if (request == 3)
      return std::vector<std::string>{"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"};
    if (request == 4)
      return std::vector<std::string>{"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbye"};
    return std::vector<std::string>{kRight};
  }};
  HttpClient client = client_of(server, 1);
  const Burst burst = closed_burst(client);
  CHECK(burst.requests > 5);
  CHECK(burst.errors == 2);
  CHECK(burst.error == "the answer has status 503 instead of 200");
  CHECK(burst.reconnections == 0);  // the connection is still in order
}

TEST_CASE("a server that closes a connection costs one request, and the load goes on") {
  const ScriptedServer server{[](int request) {
    return request == 2 ? std::vector<std::string>{} : std::vector<std::string>{kRight};
  }};
  HttpClient client = client_of(server, 1);
  const Burst burst = closed_burst(client);
  CHECK(burst.requests > 4);
  CHECK(burst.errors == 1);
  CHECK(burst.error ==
        "the answer cannot be read: the server closed the connection instead of answering");
  CHECK(burst.reconnections == 1);
}

TEST_CASE("a server that says that it closes is no error") {
  const ScriptedServer server{[](int) {
    return std::vector<std::string>{
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nhell"};
  }};
  HttpClient client = client_of(server, 1);
  const Burst burst = closed_burst(client);
  CHECK(burst.requests > 2);
  CHECK(burst.errors == 0);
  CHECK(burst.reconnections == burst.requests);
}

TEST_CASE("more than an answer is an error") {
  const ScriptedServer server{[](int) { return std::vector<std::string>{kRight + "HTTP"}; }};
  HttpClient client = client_of(server, 1);
  const Burst burst = closed_burst(client);
  CHECK(burst.requests > 0);
  CHECK(burst.errors == burst.requests);
  CHECK(burst.error == "the server sent more than the answer");
}

TEST_CASE("a request without an answer is an error that counts with its time") {
  const ScriptedServer server{
      [](int request) { return std::vector<std::string>{request == 0 ? kRight : "HTTP/1.1 "}; }};
  HttpClient client = client_of(server, 1);
  const Burst burst = take_burst(client, {.length = 20ms, .patience = 30ms});
  CHECK(burst.requests == 2);
  CHECK(burst.errors == 1);
  CHECK(burst.error == "no answer arrived in time");
  CHECK(burst.latencies.longest_ns() >= 30e6);
  CHECK(burst.reconnections == 1);
}

TEST_CASE("an open burst has the requests of its schedule, whatever the server does") {
  const ScriptedServer server{[](int) { return std::vector<std::string>{kRight}; }};
  HttpClient client = client_of(server, 4);
  const BurstPlan plan{.loop = Loop::open, .length = 100ms, .rate = 500.0, .seed = 11};
  const Burst first = take_burst(client, plan);
  const Burst again = take_burst(client, plan);
  CHECK(first.errors == 0);
  CHECK(first.requests == again.requests);  // one seed, one schedule
  CHECK(first.requests > 20);               // 50 expected: more than four deviations below
  CHECK(first.requests < 80);
  CHECK(first.slices_ns.empty());
}

TEST_CASE("the latency of an open loop counts from the time at which the request was due") {
  // One connection, and a server that sleeps for 50 ms once: the requests that were due meanwhile
  // wait for it, and each has its own part of the pause.
  const ScriptedServer server{[](int request) {
    if (request == 5) ::usleep(50'000);
    return std::vector<std::string>{kRight};
  }};
  HttpClient client = client_of(server, 1);
  const Burst burst =
      take_burst(client, {.loop = Loop::open, .length = 150ms, .rate = 400.0, .seed = 5});
  CHECK(burst.errors == 0);
  CHECK(burst.latencies.longest_ns() >= 50e6);
  // In 50 ms 20 requests are due, half of which wait for more than 25 ms.
  CHECK(burst.latencies.quantile_ns(0.9) >= 25e6);
  CHECK(burst.queued + burst.late >= 5);  // late, if the machine is busy
}

TEST_CASE("a server that is not there is an error of opening") {
  CHECK_FALSE(HttpClient::open({.address = {.port = 0, .unix_path = "/nowhere/x"}, .request = {}})
                  .has_value());
}

TEST_CASE("a server that has gone does not hang a burst") {
  auto server =
      std::make_unique<ScriptedServer>([](int) { return std::vector<std::string>{kRight}; });
  HttpClient client = client_of(*server, 2);
  server.reset();
  const Burst burst = closed_burst(client, 10ms);
  CHECK(burst.requests > 0);
  CHECK(burst.errors == burst.requests);
}
