#include <doctest/doctest.h>

#include "pulsebench/wire/messages.hpp"

using namespace pulsebench::wire;

TEST_CASE("a request for a profile, and its answer, arrive as they were sent") {
  const auto request = decode_request(encode(Request{TakeProfile{.id = "a",
                                                                 .batching = {9, 8},
                                                                 .warm_up_ns = 7,
                                                                 .heap_padding = 6,
                                                                 .rounds = 5,
                                                                 .sampled_slices = 4,
                                                                 .period_ns = 200'000,
                                                                 .stack_bytes = 4096,
                                                                 .by_timer = true,
                                                                 .file = "/tmp/x/samples"}}));
  REQUIRE(request.has_value());
  const auto& asked = std::get<TakeProfile>(*request);
  CHECK(asked.batching.operations == 9);
  CHECK(asked.batching.slices == 8);
  CHECK(asked.warm_up_ns == 7);
  CHECK(asked.heap_padding == 6);
  CHECK(asked.rounds == 5);
  CHECK(asked.sampled_slices == 4);
  CHECK(asked.period_ns == 200'000);
  CHECK(asked.stack_bytes == 4096);
  CHECK(asked.by_timer);
  CHECK(asked.file == "/tmp/x/samples");
  const auto event = decode_event(encode(Event{Profiled{.id = "a",
                                                        .by = "timer",
                                                        .refused = "why",
                                                        .samples = 11,
                                                        .lost = 2,
                                                        .throttled = 3,
                                                        .sampled_seconds = 0.5,
                                                        .p25_ns_per_op = 1.5,
                                                        .mean_ns_per_op = 2.5,
                                                        .sampled_ns_per_op = 3.5}}));
  REQUIRE(event.has_value());
  const auto& profiled = std::get<Profiled>(*event);
  CHECK(profiled.by == "timer");
  CHECK(profiled.refused == "why");
  CHECK(profiled.samples == 11);
  CHECK(profiled.lost == 2);
  CHECK(profiled.throttled == 3);
  CHECK(profiled.sampled_seconds == 0.5);
  CHECK(profiled.p25_ns_per_op == 1.5);
  CHECK(profiled.mean_ns_per_op == 2.5);
  CHECK(profiled.sampled_ns_per_op == 3.5);
}
