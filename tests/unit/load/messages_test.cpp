#include "pulsebench/load/messages.hpp"

#include <doctest/doctest.h>

using namespace pulsebench;
using namespace pulsebench::load;

namespace {

std::string refusal_of(const std::string& line) {
  const auto request = decode_request(line);
  REQUIRE_FALSE(request.has_value());
  return request.error().message;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a request to open arrives as it was sent") {
  const Target sent{.address = {.port = 8080},
                    .connections = 50,
                    .request = {.method = "POST",
                                .path = "/orders",
                                .headers = {{"Content-Type", "application/json"}},
                                .body = "{\"a\":1}"},
                    .status = 201,
                    .body_contains = "\"id\":"};
  Target by_path = sent;
  by_path.address = {.port = 0, .unix_path = "/run/a b.sock"};
  const auto request = decode_request(encode(Request{Open{{sent, by_path}}}));
  REQUIRE(request.has_value());
  const auto& got = std::get<Open>(*request).targets;
  REQUIRE(got.size() == 2);
  CHECK(got[0].address.port == 8080);
  CHECK(got[0].address.unix_path.empty());
  CHECK(got[0].connections == 50);
  CHECK(got[0].request.method == "POST");
  CHECK(got[0].request.path == "/orders");
  CHECK(got[0].request.headers == sent.request.headers);
  CHECK(got[0].request.body == sent.request.body);
  CHECK(got[0].status == 201);
  CHECK(got[0].body_contains == sent.body_contains);
  CHECK(got[1].address.unix_path == "/run/a b.sock");
}

TEST_CASE("a request for a burst arrives as it was sent") {
  const TakeBurst sent{.target = 1,
                       .plan = {.loop = Loop::open,
                                .length = std::chrono::milliseconds{100},
                                .rate = 15000.5,
                                .seed = 42,
                                .patience = std::chrono::seconds{2}}};
  const auto request = decode_request(encode(Request{sent}));
  REQUIRE(request.has_value());
  const auto& got = std::get<TakeBurst>(*request);
  CHECK(got.target == 1);
  CHECK(got.plan.loop == Loop::open);
  CHECK(got.plan.length == sent.plan.length);
  CHECK(got.plan.rate == 15000.5);
  CHECK(got.plan.seed == 42);
  CHECK(got.plan.patience == sent.plan.patience);
  CHECK(std::holds_alternative<Quit>(*decode_request(encode(Request{Quit{}}))));
}

TEST_CASE("a request that cannot be is refused with the field") {
  CHECK(has(refusal_of(R"({"request":"open","targets":[]})"), "'targets' must not be empty"));
  CHECK(has(refusal_of(R"({"request":"burst","target":2})"), "'target'"));
  CHECK(has(
      refusal_of(R"({"request":"burst","target":0,"loop":"open","length_ns":1,"rate":0,"seed":0,)"
                 R"("patience_ns":0})"),
      "'rate'"));
  const std::string elsewhere = refusal_of(
      R"({"request":"open","targets":[{"address":"10.0.0.1:80","connections":1,"method":"GET",)"
      R"("path":"/","headers":[],"body":"","status":200,"body_contains":""}]})");
  CHECK(has(elsewhere, "not an address of this machine"));
}

TEST_CASE("a burst arrives as it was measured") {
  Burst burst;
  burst.requests = 3;
  burst.errors = 1;
  burst.error = "status 500 \x1b[2J";
  burst.seconds = 0.25;
  burst.slices_ns = {31.5, 30.25};
  burst.late = 2;
  burst.queued = 1;
  burst.reconnections = 4;
  for (const int us : {100, 200, 300}) burst.latencies.record(std::chrono::microseconds{us});
  const auto event = decode_event(encode(Event{summarize(burst)}));
  REQUIRE(event.has_value());
  const auto& got = std::get<BurstTaken>(*event);
  CHECK(got.requests == 3);
  CHECK(got.errors == 1);
  CHECK(got.error == "status 500 ?[2J");
  CHECK(got.seconds == 0.25);
  CHECK(got.slices_ns == burst.slices_ns);
  CHECK(got.p50_ns == burst.latencies.quantile_ns(0.5));
  CHECK(got.longest_ns == 300e3);
  CHECK(got.late == 2);
  CHECK(got.queued == 1);
  CHECK(got.reconnections == 4);
  REQUIRE(got.latencies.size() == 3);
  CHECK(got.latencies[2].ns == 300e3);
  CHECK(got.request_ns() == doctest::Approx(0.25e9 / 3));
}

TEST_CASE("an event that cannot be is an error of the generator") {
  CHECK_FALSE(decode_event("{\"event\":\"burst\"}").has_value());
  CHECK_FALSE(decode_event("{\"event\":\"unknown\"}").has_value());
  std::string line = encode(Event{summarize(Burst{})});
  CHECK(decode_event(line).has_value());
  line.replace(line.find("\"errors\":0"), 10, "\"errors\":9");
  CHECK_FALSE(decode_event(line).has_value());
}
