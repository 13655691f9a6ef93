#include "pulsebench/counters/session.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "fake_perf.hpp"
#include "pulsebench/counters/encode.hpp"
#include "pulsebench/counters/events.hpp"

using namespace pulsebench;
using namespace pulsebench::counters;

namespace {

std::vector<Counter> counts_of(FakePerf& system, const std::vector<std::string>& names) {
  Session session{system, names};
  return session.per_operation([&](std::uint64_t operations) { system.work(operations); }, 1000);
}

double expected(const std::string& name) {
  return static_cast<double>(FakePerf::per_op(*encode(name)));
}

}  // namespace

TEST_CASE("counts are per operation, without the constant cost of a batch") {
  FakePerf system;
  for (const Counter& counter : counts_of(system, default_events())) {
    CAPTURE(counter.name);
    REQUIRE(counter.per_op.has_value());
    CHECK(*counter.per_op == expected(counter.name));
    CHECK(counter.reason.empty());
    CHECK(counter.running_ns == counter.enabled_ns);
    CHECK(counter.running_ns > 0);
  }
  CHECK(system.open_now == 0);
}

TEST_CASE("values of shared counters are scaled up") {
  FakePerf system;
  system.share = 4;
  const auto counters = counts_of(system, {"cycles", "instructions"});
  CHECK(counters[1].per_op == expected("instructions"));
  CHECK(counters[1].running_ns * 4 <= counters[1].enabled_ns + 4);
}

TEST_CASE("events that do not fit one group are counted in several, one at a time") {
  FakePerf system;
  system.counters = 3;
  for (const Counter& counter : counts_of(system, default_events())) {
    CHECK(counter.per_op == expected(counter.name));
  }
  CHECK(system.most_at_once == 1);
}

TEST_CASE("a group that never gets its counters is split") {
  FakePerf system;
  system.scheduled = 1;
  for (const Counter& counter : counts_of(system, {"cycles", "instructions", "branches"})) {
    CHECK(counter.per_op == expected(counter.name));
    CHECK(counter.reason.empty());
  }
}

TEST_CASE("an event that never gets a counter has a reason instead of a value") {
  FakePerf system;
  system.scheduled = 0;
  for (const Counter& counter : counts_of(system, {"cycles", "page-faults"})) {
    CHECK_FALSE(counter.per_op.has_value());
    CHECK(counter.reason ==
          "it never had a counter: another program or the NMI watchdog uses them; request fewer "
          "with --counters");
  }
}

TEST_CASE("without a PMU hardware events are absent with the reason, software events are not") {
  FakePerf system;
  system.hardware_error = ENOENT;
  system.vm = true;
  const auto counters = counts_of(system, {"cycles", "page-faults"});
  CHECK_FALSE(counters[0].per_op.has_value());
  CHECK(counters[0].reason.find("this VM exposes no hardware counters") == 0);
  CHECK(counters[1].per_op == expected("page-faults"));
}

TEST_CASE("without permission for perf events, getrusage counts the events that it knows") {
  FakePerf system;
  system.hardware_error = EACCES;
  system.software_error = EACCES;
  const auto counters = counts_of(system, {"cycles", "context-switches", "cpu-migrations"});
  CHECK(counters[0].reason.find("perf_event_paranoid=2") != std::string::npos);
  CHECK(counters[1].per_op.has_value());
  CHECK(counters[1].source == "getrusage");
  CHECK_FALSE(counters[2].per_op.has_value());  // getrusage has no migrations
  CHECK(counters[2].reason.find("perf_event_paranoid=2") != std::string::npos);
}

TEST_CASE("an unknown name does not affect the others") {
  FakePerf system;
  const auto counters = counts_of(system, {"no-such-event", "cycles"});
  CHECK(counters[0].reason.find("libpfm does not know 'no-such-event'") == 0);
  CHECK(counters[1].per_op == expected("cycles"));
}
