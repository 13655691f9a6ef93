#include "messages.hpp"

#include <doctest/doctest.h>

#include "pulse_console_tables/lines.hpp"

using namespace std::chrono_literals;
using pulsebench::console::decode;
using pulsebench::console::Hello;
using pulsebench::console::Level;
using pulsebench::console::short_id;
using pulsebench::console::State;
using pulsebench::console::Update;

namespace {

std::string problem_of(const std::string& line) {
  const auto message = decode(line);
  REQUIRE_FALSE(message.has_value());
  return message.error().message;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("hello names the program") {
  const auto hello = std::get<Hello>(message_of(kHello));
  CHECK(hello.program == "server");
  CHECK(hello.pid == 47);
}

TEST_CASE("everything and changes carry tasks, times and counts") {
  const std::string task = task_text(
      7, "running", R"("tier":"yield","busy_ns":5000,"current_ns":300,"poll_times":[1,0,2],)");
  const auto everything = std::get<Update>(message_of(everything_text(9000, task)));
  CHECK(everything.is_everything);
  CHECK(everything.watched == 9us);
  CHECK(everything.counts.isolations == 5);
  REQUIRE(everything.tasks.size() == 1);
  CHECK(everything.tasks[0].state == State::running);
  CHECK(everything.tasks[0].tier == Level::yield);
  CHECK(everything.tasks[0].busy == 5us);
  CHECK(everything.tasks[0].current == 300ns);
  CHECK(everything.tasks[0].poll_times == std::vector<std::uint64_t>{1, 0, 2});
  CHECK(everything.tasks[0].where == "main.cpp:7");
  const auto changes = std::get<Update>(message_of(changes_text(1, "", "7,8")));
  CHECK_FALSE(changes.is_everything);
  CHECK(changes.ended == std::vector<std::uint64_t>{7, 8});
}

TEST_CASE("resources and operations are carried too, if there are any") {
  const auto update = std::get<Update>(
      message_of(places_text(1, resource_text("timer", "main.cpp:7", 5, 2, 3),
                             operation_text("read", "net.cpp:9", 4, 1, 8000, 5000))));
  REQUIRE(update.resources.size() == 1);
  CHECK(update.resources[0].type == "timer");
  CHECK(update.resources[0].where == "main.cpp:7");
  CHECK(update.resources[0].opened == 5);
  CHECK(update.resources[0].closed == 2);
  CHECK(update.resources[0].waiting == 3);
  REQUIRE(update.operations.size() == 1);
  CHECK(update.operations[0].type == "read");
  CHECK(update.operations[0].where == "net.cpp:9");
  CHECK(update.operations[0].ended == 4);
  CHECK(update.operations[0].waiting == 1);
  CHECK(update.operations[0].total == 8us);
  CHECK(update.operations[0].longest == 5us);
  CHECK(std::get<Update>(message_of(changes_text(1, "", ""))).resources.empty());
  CHECK(has(problem_of(places_text(1, R"({"type":"timer"})", "")), "resources"));
  CHECK(has(problem_of(places_text(1, "", R"({"type":""})")), "operations"));
}

TEST_CASE("fields that a later version adds are ignored, a later version is not read") {
  CHECK(decode(everything_text(1, task_text(7, "ready", R"("colour":"red",)"))).has_value());
  CHECK(has(problem_of(R"({"hello":{"schema":"pulse.console","version":2}})"), "version"));
  CHECK(has(problem_of(R"({"hello":{"schema":"other","version":1}})"), "no console of pulse"));
}

TEST_CASE("a line that is wrong is refused with the field") {
  CHECK(has(problem_of(everything_text(1, task_text(7, "asleep", ""))), "state"));
  CHECK(has(problem_of(everything_text(1, task_text(7, "ready", R"("busy_ns":-1,)"))), "busy_ns"));
  CHECK(has(problem_of(everything_text(1, task_text(0, "ready", ""))), "id"));
  CHECK_FALSE(problem_of("").empty());
  CHECK_FALSE(problem_of("{}").empty());
  CHECK_FALSE(problem_of("[1]").empty());
  CHECK_FALSE(problem_of("GET / HTTP/1.1").empty());
}

// pulse::TaskId: the low 24 bits are the slot, the rest counts its uses from 1 on.
TEST_CASE("a task is shown by its slot, and by the slot's use if it is not the first") {
  CHECK(short_id(1U << 24U) == "0");
  CHECK(short_id((1U << 24U) + 17) == "17");
  CHECK(short_id((3ULL << 24U) + 17) == "17.3");
}
