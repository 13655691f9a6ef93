#include "pulse/console/sampler.hpp"

#include <doctest/doctest.h>

#include <string>

#include "pulse/console/json_line.hpp"
#include "pulse/operation.hpp"
#include "pulse/resource.hpp"
#include "pulse_console/watched_tasks.hpp"

using pulse::PollResult;
using pulse::console::Sampler;
using pulsebench::json::Value;

namespace {

Value changes_of(Sampler& sampler) { return parsed(sampler.changes())["changes"]; }

}  // namespace

TEST_CASE("the first message says what sends it and which version it is") {
  const Value hello = parsed(Sampler::hello(250))["hello"];
  CHECK(hello["schema"] == "pulse.console");
  CHECK(hello["version"] == 1);
  CHECK(hello["period_ms"] == 250);
  CHECK(hello["pid"] > 0);
  CHECK(hello["program"] != "");
}

TEST_CASE("changes name a task once, and again only when it was polled or has changed") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  const auto task = tasks.begin();
  const auto line = std::to_string(__LINE__);
  tasks.poll(task);
  const Value first = changes_of(sampler);
  REQUIRE(first["tasks"].size() == 1);
  CHECK(first["tasks"][0]["id"] == tasks.tiers.id_of(task).value);
  CHECK(first["tasks"][0]["polls"] == 1);
  CHECK(first["tasks"][0]["state"] == "waiting");
  CHECK(first["tasks"][0]["tier"] == "monitor");
  CHECK(first["tasks"][0]["where"].get<std::string>().rfind("watched_tasks.hpp:", 0) == 0);
  CHECK(first["ended"].empty());
  CHECK(changes_of(sampler)["tasks"].empty());
  tasks.tiers.set_tier(task, pulse::Tier::isolate);
  CHECK(changes_of(sampler)["tasks"][0]["tier"] == "isolate");
  tasks.tiers.queued(task);
  CHECK(changes_of(sampler)["tasks"][0]["state"] == "ready");
  CHECK(changes_of(sampler)["tasks"].empty());
}

TEST_CASE("a running task is in all changes, since its time grows") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  const pulse::PollContext task{tasks.begin(), tasks.worker.index()};
  tasks.tiers.watch().start();
  tasks.registry.before_poll(task);
  const Value first = changes_of(sampler)["tasks"][0];
  const Value second = changes_of(sampler)["tasks"][0];
  CHECK(first["state"] == "running");
  CHECK(second["busy_ns"] > first["busy_ns"]);
  CHECK(second["current_ns"] == second["busy_ns"]);
}

TEST_CASE("an ended task is named once, also if another one has its slot already") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  const auto task = tasks.begin();
  const auto id = tasks.tiers.id_of(task).value;
  CHECK(changes_of(sampler)["tasks"].size() == 1);
  tasks.end(task);
  const auto next = tasks.begin();
  REQUIRE(next == task);  // the same slot
  const Value changes = changes_of(sampler);
  CHECK(changes["ended"] == Value::array({id}));
  REQUIRE(changes["tasks"].size() == 1);
  CHECK(changes["tasks"][0]["id"] == tasks.tiers.id_of(next).value);
  tasks.end(next);
  CHECK(changes_of(sampler)["ended"].size() == 1);
  CHECK(changes_of(sampler)["ended"].empty());
}

TEST_CASE("everything is what the last changes knew, changed or not") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  const auto first = tasks.begin();
  static_cast<void>(sampler.changes());
  const auto later = tasks.begin();  // comes with the next changes
  const Value everything = parsed(sampler.everything())["everything"];
  REQUIRE(everything["tasks"].size() == 1);
  CHECK(everything["tasks"][0]["id"] == tasks.tiers.id_of(first).value);
  const Value changes = changes_of(sampler);
  REQUIRE(changes["tasks"].size() == 1);
  CHECK(changes["tasks"][0]["id"] == tasks.tiers.id_of(later).value);
}

TEST_CASE("messages count polls by their time, and polls that wake their task") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  tasks.tiers.watch().start();
  const auto task = tasks.begin();
  tasks.poll(task, PollResult::again);
  tasks.poll(task, PollResult::waiting);
  const Value sent = changes_of(sampler)["tasks"][0];
  std::uint64_t timed = 0;
  for (const auto& bucket : sent["poll_times"]) timed += bucket.get<std::uint64_t>();
  CHECK(timed == 2);
  CHECK(sent["self_wakes"] == 1);
}

TEST_CASE("messages have the counts of the manager and the age of the watch") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  tasks.poll(tasks.begin());
  Value changes = changes_of(sampler);
  CHECK(changes["counts"]["tasks"] == 1);
  CHECK(changes["counts"]["polls"] == 1);
  CHECK(changes["counts"]["violations"] == 0);
  CHECK(changes["watched_ns"] == 0);
  tasks.tiers.watch().start();
  changes = changes_of(sampler);
  CHECK(changes["watched_ns"] > 0);
}

TEST_CASE("a text is JSON and ASCII whatever bytes it has") {
  std::string line;
  pulse::console::append_quoted(line, "a\"b\\c\n\x1b\xff\xc3\xa4");
  CHECK(line == R"("a\"b\\c?????")");
}

TEST_CASE("resources are named with what waits at them, and again only when that has changed") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  const pulse::Resource timer(tasks.tiers.resources(), "timer");
  const auto where = "sampler_test.cpp:" + std::to_string(__LINE__ - 1);
  const Value first = changes_of(sampler)["resources"];
  CHECK(first ==
        Value::array(
            {{{"type", "timer"}, {"where", where}, {"opened", 1}, {"closed", 0}, {"waiting", 0}}}));
  CHECK(changes_of(sampler)["resources"].empty());
  timer.wait();
  CHECK(changes_of(sampler)["resources"][0]["waiting"] == 1);
  CHECK(parsed(sampler.everything())["everything"]["resources"].size() == 1);
}

TEST_CASE("what a queue says when it is asked is in the row of its place") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  const pulse::Resource queue(tasks.tiers.resources(), "queue", [] { return std::size_t{12}; });
  const Value rows = changes_of(sampler)["resources"];
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["opened"] == 1);
  CHECK(rows[0]["waiting"] == 12);
}

TEST_CASE("the backlogs of tasks wait at the strand of their place") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  constexpr pulse::Location kWhere{"src/server.cpp", 7};
  const pulse::Resource strand(tasks.tiers.resources(), "strand", kWhere);
  const auto task = tasks.tiers.register_task(tasks.worker, pulse::Priority::normal, kWhere);
  const auto other = tasks.tiers.register_task(tasks.worker, pulse::Priority::normal, kWhere);
  const auto waiting = [&] { return changes_of(sampler)["resources"][0]["waiting"]; };
  tasks.tiers.set_backlog(task, 3);
  tasks.tiers.set_backlog(other, 2);
  CHECK(waiting() == 5);
  tasks.end(other);
  CHECK(waiting() == 3);
  tasks.tiers.set_backlog(task, 0);
  CHECK(waiting() == 0);
  // The slot's next task begins without one.
  tasks.tiers.set_backlog(task, 9);
  tasks.end(task);
  CHECK(tasks.begin() == task);
  CHECK(changes_of(sampler)["resources"].empty());
}

TEST_CASE("operations are named with their times while there is a watch") {
  WatchedTasks tasks;
  Sampler sampler(tasks.tiers);
  tasks.tiers.watch().start();
  pulse::Operation read(tasks.tiers.watch(), "read", {"/a/server.cpp", 7});
  pulse::Operation same(tasks.tiers.watch(), "read", {"/b/server.cpp", 7});  // shown as one
  Value rows = changes_of(sampler)["operations"];
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["type"] == "read");
  CHECK(rows[0]["where"] == "server.cpp:7");
  CHECK(rows[0]["waiting"] == 2);
  CHECK(rows[0]["ended"] == 0);
  read.end();
  rows = changes_of(sampler)["operations"];
  CHECK(rows[0]["waiting"] == 1);
  CHECK(rows[0]["ended"] == 1);
  CHECK(rows[0]["total_ns"] > 0);
  CHECK(rows[0]["longest_ns"] == rows[0]["total_ns"]);
  CHECK(changes_of(sampler)["operations"].empty());
  CHECK(parsed(sampler.everything())["everything"]["operations"].size() == 1);
  sampler.forget();
  CHECK(changes_of(sampler)["operations"].size() == 1);
}
