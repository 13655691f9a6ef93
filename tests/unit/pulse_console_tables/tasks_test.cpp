#include "tasks.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "pulse_console_tables/lines.hpp"

using namespace std::chrono_literals;
using pulsebench::console::Row;
using pulsebench::console::State;
using pulsebench::console::Tasks;

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

Row row(const Tasks& tasks, std::uint64_t id) {
  const auto found = tasks.find(id);
  REQUIRE(found.has_value());
  return *found;
}

/// The warnings of a task with these fields.
std::vector<std::string> warnings(const std::string& state, const std::string& fields) {
  Tasks tasks;
  tasks.apply(message_of(everything_text(20 * kSecond, task_text(7, state, fields))));
  return row(tasks, 7).warnings;
}

}  // namespace

TEST_CASE("times of a task that is not sent again go on in its state") {
  Tasks tasks;
  const std::string fields = R"("age_ns":4000000000,"busy_ns":1000000000,"queued_ns":500000000,)";
  tasks.apply(message_of(everything_text(
      5 * kSecond, task_text(7, "waiting", fields) + "," + task_text(8, "ready", fields))));
  tasks.apply(message_of(changes_text(7 * kSecond, "", "")));
  CHECK(row(tasks, 7).total == 6s);
  CHECK(row(tasks, 7).busy == 1s);
  CHECK(row(tasks, 7).queued == 500ms);
  CHECK(row(tasks, 7).idle == 4500ms);
  CHECK(row(tasks, 8).queued == 2500ms);
  CHECK(row(tasks, 8).idle == 2500ms);
}

TEST_CASE("a task that is older than the watch has the watch as its total") {
  Tasks tasks;
  tasks.apply(message_of(
      everything_text(2 * kSecond, task_text(7, "waiting", R"("age_ns":90000000000,)"))));
  CHECK(row(tasks, 7).total == 2s);
  CHECK(row(tasks, 7).idle == 2s);
}

TEST_CASE("an ended task is shown for ten seconds, with its times as they were") {
  Tasks tasks;
  tasks.apply(
      message_of(everything_text(5 * kSecond, task_text(7, "waiting", R"("age_ns":4000000000,)"))));
  tasks.apply(message_of(changes_text(6 * kSecond, "", "7")));
  tasks.apply(message_of(changes_text(16 * kSecond, "", "")));
  CHECK(row(tasks, 7).state == State::ended);
  CHECK(row(tasks, 7).total == 5s);
  tasks.apply(message_of(changes_text(16 * kSecond + 1, "", "")));
  CHECK_FALSE(tasks.find(7).has_value());
}

TEST_CASE("everything replaces what was known, and another hello too") {
  Tasks tasks;
  tasks.apply(message_of(kHello));
  CHECK_FALSE(tasks.has_tasks());
  tasks.apply(message_of(everything_text(1, task_text(7, "waiting", ""))));
  tasks.apply(message_of(everything_text(2, task_text(8, "waiting", ""))));
  CHECK(tasks.rows().size() == 1);
  CHECK(tasks.find(8).has_value());
  CHECK(tasks.program().program == "server");
  tasks.apply(message_of(kHello));
  CHECK(tasks.rows().empty());
}

TEST_CASE("an unknown task that has ended is ignored") {
  Tasks tasks;
  tasks.apply(message_of(changes_text(1, "", "99")));
  CHECK(tasks.rows().empty());
}

TEST_CASE("a poll beyond 100 ms blocks its worker") {
  CHECK(warnings("waiting", R"("longest_ns":100000000,)").empty());
  const auto found = warnings("waiting", R"("longest_ns":200000000,)");
  REQUIRE(found.size() == 1);
  CHECK(found[0] == "blocks its worker: a poll of 200 ms");
}

TEST_CASE("a poll that runs for a second does not end") {
  const auto found = warnings("running", R"("current_ns":1000000000,"longest_ns":1000000000,)");
  REQUIRE(found.size() == 1);
  CHECK(found[0] == "does not end its poll: 1.0 s so far");
}

TEST_CASE("a task that wakes itself in more than half of ten polls is named") {
  CHECK(warnings("ready", R"("self_wakes":5,"poll_times":[10],)").empty());
  CHECK(warnings("ready", R"("self_wakes":9,"poll_times":[9],)").empty());
  const auto found = warnings("ready", R"("self_wakes":6,"poll_times":[8,0,2],)");
  REQUIRE(found.size() == 1);
  CHECK(found[0] == "wakes itself: 60 % of its polls");
}

TEST_CASE("a task that is isolated for 15 s stays isolated, as long as it is") {
  Tasks tasks;
  const std::string isolated = task_text(7, "waiting", R"("tier":"isolate",)");
  tasks.apply(message_of(everything_text(1 * kSecond, isolated)));
  tasks.apply(message_of(changes_text(15 * kSecond, isolated, "")));
  CHECK(row(tasks, 7).warnings.empty());
  tasks.apply(message_of(changes_text(16 * kSecond, "", "")));
  REQUIRE(row(tasks, 7).warnings.size() == 1);
  CHECK(row(tasks, 7).warnings[0] == "stays isolated: 15.0 s");
  tasks.apply(message_of(changes_text(17 * kSecond, task_text(7, "waiting", ""), "")));
  CHECK(row(tasks, 7).warnings.empty());
}

TEST_CASE("a resource and an operation have the counts of the newest message") {
  Tasks tasks;
  tasks.apply(message_of(places_text(1, resource_text("timer", "main.cpp:7", 5, 2, 3),
                                     operation_text("read", "net.cpp:9", 4, 1, 8000, 5000))));
  tasks.apply(message_of(places_text(2, resource_text("timer", "main.cpp:7", 6, 2, 4), "")));
  REQUIRE(tasks.resources().size() == 1);
  CHECK(tasks.resources().begin()->second.opened == 6);
  CHECK(tasks.operations().size() == 1);
  tasks.apply(message_of(everything_text(3, "")));
  CHECK(tasks.resources().empty());
  CHECK(tasks.operations().empty());
}
