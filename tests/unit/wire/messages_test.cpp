#include "pulsebench/wire/messages.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace pulsebench;
using namespace pulsebench::wire;

namespace {

std::string reason_for(const std::string& line) {
  const auto event = decode_event(line);
  REQUIRE_FALSE(event.has_value());
  CHECK(event.error().code == ErrorCode::child_failed);
  return event.error().message;
}

std::string visited_line(const std::string& ns_per_op) {
  return R"({"event":"visited","id":"a","operations":10,"ns_per_op":[)" + ns_per_op +
         R"(],"cpu_ns_per_op":[1.0],"disturbances":[0],"visit_disturbances":0,"memory_unlocked":"","reference_ns":5.0,"seconds":0.01})";
}

}  // namespace

TEST_CASE("a request arrives as it was sent") {
  const TakeVisit sent{.id = "budget/consume",
                       .batching = {.operations = 1U << 20U, .slices = 50},
                       .warm_up_ns = 2'000'000,
                       .heap_padding = 4080,
                       .inject_percent = 7.5,
                       .lock_memory = true,
                       .counters = {"cycles", "page-faults"},
                       .visit_ns = 10'000'000,
                       .watch_each_slice = true};
  const auto request = decode_request(encode(Request{sent}));
  REQUIRE(request.has_value());
  const auto& got = std::get<TakeVisit>(*request);
  CHECK(got.id == sent.id);
  CHECK(got.batching.operations == sent.batching.operations);
  CHECK(got.batching.slices == sent.batching.slices);
  CHECK(got.warm_up_ns == sent.warm_up_ns);
  CHECK(got.heap_padding == sent.heap_padding);
  CHECK(got.inject_percent == sent.inject_percent);
  CHECK(got.counters == sent.counters);
  CHECK(got.lock_memory);
  CHECK(got.visit_ns == sent.visit_ns);
  CHECK(got.watch_each_slice);
  CHECK(std::holds_alternative<List>(*decode_request(encode(Request{List{}}))));
  CHECK(std::holds_alternative<Quit>(*decode_request(encode(Request{Quit{}}))));
}

TEST_CASE("a visit arrives as it was measured") {
  Visit visit;
  visit.operations = 1000;
  visit.slices = {{0.273, 0.272, 0}, {0.4, 0.3, 3}};
  visit.reference_ns = 51.25;
  visit.seconds = 0.012;
  visit.disturbances = 24;
  const auto event = decode_event(encode(Event{Visited{"floors/rdtsc", visit, "refused"}}));
  REQUIRE(event.has_value());
  const auto& got = std::get<Visited>(*event);
  CHECK(got.id == "floors/rdtsc");
  REQUIRE(got.visit.slices.size() == 2);
  CHECK(got.visit.slices[0].ns_per_op == 0.273);
  CHECK(got.visit.slices[1].cpu_ns_per_op == 0.3);
  CHECK(got.visit.slices[1].disturbances == 3);
  CHECK(got.visit.reference_ns == 51.25);
  CHECK(got.visit.disturbances == 24);
  CHECK(got.memory_unlocked == "refused");
}

TEST_CASE("a count arrives as a count, and its absence with its reason") {
  Visit visit;
  visit.operations = 1;
  visit.slices = {{1.0, 1.0, 0}};
  visit.reference_ns = 1.0;
  visit.counters = {{.name = "page-faults", .per_op = -0.5, .enabled_ns = 9, .running_ns = 4},
                    {.name = "cycles", .per_op = std::nullopt, .reason = "no \x1b[2J counters"}};
  const auto event = decode_event(encode(Event{Visited{"a", visit}}));
  REQUIRE(event.has_value());
  const auto& got = std::get<Visited>(*event).visit.counters;
  REQUIRE(got.size() == 2);
  CHECK(got[0].per_op == -0.5);
  CHECK(got[0].running_ns == 4);
  CHECK_FALSE(got[1].per_op.has_value());
  CHECK(got[1].reason == "no ?[2J counters");
}

TEST_CASE("a count that is none is a lie; a suite that counts nothing need not say so") {
  const auto with = [](const std::string& counters) {
    std::string line = visited_line("1.0");
    return line.insert(line.size() - 1, R"(,"counters":)" + counters);
  };
  CHECK(decode_event(with("[]")).has_value());
  CHECK(
      reason_for(with(R"([{"name":"a","per_op":1e300,"enabled_ns":1,"running_ns":1,"source":""}])"))
          .find("'counters[0].per_op'") != std::string::npos);
  CHECK(reason_for(with(R"([{"name":"a"}])")).find("'counters[0].reason' is missing") !=
        std::string::npos);
  CHECK(reason_for(with("7")).find("'counters' must be a list") != std::string::npos);
}

TEST_CASE("requests to count, and their answers, arrive as they were sent") {
  const auto exact = decode_request(encode(Request{CountExactly{
      .id = "a", .operations = 1000, .stepping = true, .most_steps = 77, .inject_percent = 2.5}}));
  REQUIRE(exact.has_value());
  CHECK(std::get<CountExactly>(*exact).operations == 1000);
  CHECK(std::get<CountExactly>(*exact).stepping);
  CHECK(std::get<CountExactly>(*exact).most_steps == 77);
  CHECK(std::get<CountExactly>(*exact).inject_percent == 2.5);
  const auto heap = decode_request(encode(Request{CountAllocations{.id = "a", .operations = 9}}));
  REQUIRE(heap.has_value());
  CHECK(std::get<CountAllocations>(*heap).operations == 9);

  const auto steps = decode_event(encode(Event{CountedExactly{.id = "a", .once = 7, .twice = 12}}));
  REQUIRE(steps.has_value());
  CHECK(std::get<CountedExactly>(*steps).once == 7);
  CHECK(std::get<CountedExactly>(*steps).twice == 12);
  const Allocations sent{.per_op = 1.5, .bytes_per_op = 96, .peak_bytes = 64, .operations = 10};
  const auto taken = decode_event(encode(Event{CountedAllocations{"a", sent}}));
  REQUIRE(taken.has_value());
  const auto& got = std::get<CountedAllocations>(*taken).allocations;
  CHECK(got.per_op == 1.5);
  CHECK(got.bytes_per_op == 96);
  CHECK(got.peak_bytes == 64);
  CHECK(got.operations == 10);
}

TEST_CASE("a request to record the heap, and its answer, arrive as they were sent") {
  const auto request = decode_request(encode(Request{
      RecordHeap{.id = "a", .operations = 20'000, .most_bytes = 65'536, .file = "/tmp/x/heap"}}));
  REQUIRE(request.has_value());
  CHECK(std::get<RecordHeap>(*request).operations == 20'000);
  CHECK(std::get<RecordHeap>(*request).most_bytes == 65'536);
  CHECK(std::get<RecordHeap>(*request).file == "/tmp/x/heap");
  const auto event =
      decode_event(encode(Event{HeapRecorded{.id = "a", .operations = 7, .ns_per_op = 350.5}}));
  REQUIRE(event.has_value());
  CHECK(std::get<HeapRecorded>(*event).operations == 7);
  CHECK(std::get<HeapRecorded>(*event).ns_per_op == 350.5);
  CHECK_FALSE(
      decode_request(encode(Request{RecordHeap{
                         .id = "a", .operations = 20'001, .most_bytes = 65'536, .file = ""}}))
          .has_value());
}

TEST_CASE("a list of benchmarks arrives whole") {
  Listed listed;
  listed.benchmarks.push_back({.id = *BenchmarkId::parse("floors/rdtsc"),
                               .tier = Tier::fast,
                               .role = Role::floor,
                               .version = 3,
                               .threads = 2});
  const auto event = decode_event(encode(Event{listed}));
  REQUIRE(event.has_value());
  const auto& got = std::get<Listed>(*event).benchmarks;
  REQUIRE(got.size() == 1);
  CHECK(got[0].id.text() == "floors/rdtsc");
  CHECK(got[0].tier == Tier::fast);
  CHECK(got[0].role == Role::floor);
  CHECK(got[0].version == 3);
  CHECK(got[0].threads == 2);
}

TEST_CASE("times that no clock can measure are lies") {
  CHECK(decode_event(visited_line("1.0")).has_value());
  CHECK(reason_for(visited_line("NaN")).find("not JSON") != std::string::npos);
  CHECK(reason_for(visited_line("null")).find("'ns_per_op[0]' must be a positive number") !=
        std::string::npos);
  CHECK(reason_for(visited_line("-1.0"))
            .find("'ns_per_op[0]' must be a positive number up to 1e+13, not -1.0") !=
        std::string::npos);
  CHECK(reason_for(visited_line("0.0")).find("not 0.0") != std::string::npos);
  CHECK(reason_for(visited_line("1e300")).find("not 1e+300") != std::string::npos);
  CHECK(reason_for(visited_line("")).find("'ns_per_op' is empty") != std::string::npos);
  CHECK(reason_for(visited_line("1.0,2.0")).find("another length") != std::string::npos);
}

TEST_CASE("noise on the wire is named, never passed on raw") {
  CHECK(reason_for("hello\x1b[2J") ==
        "not a message of the wire protocol: 'hello?[2J' is not JSON");
  CHECK(reason_for("[]") == "not a message of the wire protocol: must be an object, not a list");
  CHECK(reason_for(R"({"event":"dance"})") ==
        "not a message of the wire protocol: unknown event 'dance'");
  CHECK(reason_for(R"({"event":"hello","suite":"x","build":[]})") ==
        "not a message of the wire protocol: in 'hello', 'protocol' is missing");
}

TEST_CASE("an exception text that is not UTF-8 still makes a line") {
  const auto event = decode_event(encode(Event{Failed{"a", Status::failed, "bad \xff byte"}}));
  REQUIRE(event.has_value());
  CHECK(std::get<Failed>(*event).reason == "bad \xEF\xBF\xBD byte");
}

TEST_CASE("what each thread did arrives, and is nothing where there is one") {
  Visited visited{.id = "a", .visit = {.operations = 10, .slices = {{.ns_per_op = 1.0}}}};
  visited.visit.reference_ns = 2.0;
  const auto without = decode_event(encode(Event{visited}));
  REQUIRE(without.has_value());
  CHECK(std::get<Visited>(*without).visit.thread_operations.empty());
  visited.visit.thread_operations = {30, 0, 12};
  const auto with = decode_event(encode(Event{visited}));
  REQUIRE(with.has_value());
  CHECK(std::get<Visited>(*with).visit.thread_operations == std::vector<std::uint64_t>{30, 0, 12});
  std::string line = encode(Event{visited});
  line.replace(line.find("[30,0,12]"), 9, "[30,-1]");
  CHECK(reason_for(line).find("'thread_operations'") != std::string::npos);
}

TEST_CASE("latencies arrive, and are refused where they do not ascend") {
  Visited visited{.id = "a", .visit = {.operations = 10, .slices = {{.ns_per_op = 1.0}}}};
  visited.visit.reference_ns = 2.0;
  visited.visit.latencies = {{10.0, 5}, {20.0, 1}};
  const auto event = decode_event(encode(Event{visited}));
  REQUIRE(event.has_value());
  const Latencies& got = std::get<Visited>(*event).visit.latencies;
  REQUIRE(got.size() == 2);
  CHECK(got[1].ns == 20.0);
  CHECK(got[0].count == 5);
  visited.visit.latencies = {{20.0, 5}, {10.0, 1}};
  CHECK(reason_for(encode(Event{visited})).find("'latency_ns' does not ascend") !=
        std::string::npos);
}

TEST_CASE("the source line arrives, and is nothing where nobody said") {
  Visited visited{.id = "a", .visit = {.operations = 10, .slices = {{.ns_per_op = 1.0}}}};
  visited.visit.reference_ns = 2.0;
  const auto without = decode_event(encode(Event{visited}));
  CHECK_FALSE(std::get<Visited>(*without).visit.source);
  visited.visit.source = SourceLine{"suites/a.cpp", 12};
  const auto event = decode_event(encode(Event{visited}));
  REQUIRE(event.has_value());
  CHECK(std::get<Visited>(*event).visit.source == SourceLine{"suites/a.cpp", 12});
  visited.visit.source = SourceLine{"suites/a.cpp", 0};
  CHECK(reason_for(encode(Event{visited})).find("'source_line' must be") != std::string::npos);
}

TEST_CASE("a label and an empty loop's turn arrive, and are nothing where nobody said") {
  Visited visited{.id = "a", .visit = {.operations = 10, .slices = {{.ns_per_op = 1.0}}}};
  visited.visit.reference_ns = 2.0;
  const auto without = decode_event(encode(Event{visited}));
  CHECK(std::get<Visited>(*without).visit.label.empty());
  CHECK_FALSE(std::get<Visited>(*without).visit.empty_loop_ns);
  visited.visit.label = "cgroup v2";
  visited.visit.empty_loop_ns = 0.25;
  const auto event = decode_event(encode(Event{visited}));
  REQUIRE(event.has_value());
  CHECK(std::get<Visited>(*event).visit.label == "cgroup v2");
  CHECK(std::get<Visited>(*event).visit.empty_loop_ns == 0.25);
  visited.visit.label = std::string(kMaxLabel + 1, 'x');
  CHECK(reason_for(encode(Event{visited})).find("'label' is longer than 200 bytes") !=
        std::string::npos);
}

TEST_CASE("what an operation goes through arrives, and is nothing where nobody said") {
  Visited visited{.id = "a", .visit = {.operations = 10, .slices = {{.ns_per_op = 1.0}}}};
  visited.visit.reference_ns = 2.0;
  CHECK_FALSE(std::get<Visited>(*decode_event(encode(Event{visited}))).visit.processed.any());
  visited.visit.processed = {.bytes = 1024.0, .items = 0.5};
  const auto event = decode_event(encode(Event{visited}));
  REQUIRE(event.has_value());
  CHECK(std::get<Visited>(*event).visit.processed.bytes == 1024.0);
  CHECK(std::get<Visited>(*event).visit.processed.items == 0.5);
  visited.visit.processed.bytes = 0.0;
  CHECK(reason_for(encode(Event{visited}))
            .find("'bytes_processed_per_op' must be a number from 1e-09") != std::string::npos);
}
