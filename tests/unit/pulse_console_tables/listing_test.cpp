#include "listing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "once.hpp"
#include "pulse_console_tables/lines.hpp"
#include "pulsebench/json/parse.hpp"

using namespace pulsebench::console;

namespace {

/// A task, two resources and three operations.
Tasks server() {
  Tasks tasks;
  tasks.apply(message_of(kHello));
  tasks.apply(message_of(everything_text(
      10'000'000'000,
      task_text(1U << 24U, "waiting", R"("longest_ns":250000000,"age_ns":10000000000,)"))));
  tasks.apply(message_of(
      places_text(10'000'000'000,
                  resource_text("timer", "main.cpp:7", 2000, 10, 1500) + "," +
                      resource_text("queue", "db.cpp:30", 3, 3, 0),
                  operation_text("read", "net.cpp:9", 4, 1, 8'000'000, 5'000'000) + "," +
                      operation_text("timer", "main.cpp:70", 100, 1500, 90'000'000, 1'000'000) +
                      "," + operation_text("write", "net.cpp:12", 0, 2, 0, 0))));
  return tasks;
}

std::vector<std::string> keys(Choices choices) { return listing_of(server(), choices, 80).keys; }

std::vector<std::string> sorted(View view, const std::string& column) {
  Choices choices;
  choices.view = view;
  REQUIRE(sort_by(choices, column).has_value());
  return keys(choices);
}

using Keys = std::vector<std::string>;

const Keys kTimerFirst{"timer main.cpp:7", "queue db.cpp:30"};
const Keys kQueueFirst{"queue db.cpp:30", "timer main.cpp:7"};

}  // namespace

TEST_CASE("resources are sorted by every column") {
  for (const char* column : {"opened", "closed", "open", "waiting"}) {
    CHECK(sorted(View::resources, column) == kTimerFirst);
  }
  CHECK(sorted(View::resources, "type") == kQueueFirst);
  CHECK(sorted(View::resources, "where") == kQueueFirst);
}

TEST_CASE("operations are sorted by every column") {
  const std::string read = "read net.cpp:9";
  const std::string timer = "timer main.cpp:70";
  const std::string write = "write net.cpp:12";
  CHECK(sorted(View::operations, "type") == Keys{read, timer, write});
  CHECK(sorted(View::operations, "ended") == Keys{timer, read, write});
  CHECK(sorted(View::operations, "waiting") == Keys{timer, write, read});
  CHECK(sorted(View::operations, "total") == Keys{timer, read, write});
  CHECK(sorted(View::operations, "mean") == Keys{read, timer, write});  // 2 ms, 900 us
  CHECK(sorted(View::operations, "longest") == Keys{read, timer, write});
  CHECK(sorted(View::operations, "where") == Keys{timer, write, read});
}

TEST_CASE("a filter is a part of the type or of the place, and each table has its own") {
  Choices choices;
  choices.view = View::operations;
  choices.operations.filter = "net.cpp";
  CHECK(keys(choices) == Keys{"read net.cpp:9", "write net.cpp:12"});
  choices.operations.filter = "tim";
  CHECK(keys(choices) == Keys{"timer main.cpp:70"});
  choices.view = View::resources;
  CHECK(keys(choices).size() == 2);
  choices.resources.is_reversed = true;
  CHECK(keys(choices) == kQueueFirst);
}

TEST_CASE("a column that the table has not is named with those that it has") {
  Choices choices;
  choices.view = View::resources;
  const auto sorted = sort_by(choices, "busy");
  REQUIRE_FALSE(sorted.has_value());
  CHECK(sorted.error().code == pulsebench::ErrorCode::bad_input);
  CHECK(sorted.error().message.find("resources") != std::string::npos);
  CHECK(sorted.error().message.find("\"waiting\"") != std::string::npos);
  CHECK(sorted.error().message.find("busy") != std::string::npos);
  CHECK(choices.resources.sort == ResourceColumn::waiting);
}

TEST_CASE("the next column follows, and the first one the last") {
  Choices choices;
  choices.view = View::resources;
  sort_by_next(choices, 1);
  CHECK(choices.resources.sort == ResourceColumn::where);
  sort_by_next(choices, 1);
  CHECK(choices.resources.sort == ResourceColumn::type);
  CHECK(choices.tasks.sort == Column::busy);
}

TEST_CASE("80 columns are enough for resources and for operations") {
  const Tasks tasks = server();
  Choices choices;
  choices.view = View::resources;
  Listing listing = listing_of(tasks, choices, 80);
  REQUIRE(listing.head.size() == 4);
  CHECK(listing.head.back().text ==
        "  TYPE           OPENED   CLOSED     OPEN WAITINGv WHERE                        ");
  CHECK(listing.line(0).text ==
        "  timer            2000       10     1990     1500 main.cpp:7                   ");
  CHECK(listing.line(1).look == Look::quiet);  // closed
  choices.view = View::operations;
  listing = listing_of(tasks, choices, 80);
  CHECK(listing.head.back().text ==
        "  TYPE            ENDED  WAITING  TOTALv    MEAN  LONGEST WHERE                 ");
  CHECK(listing.line(0).text ==
        "  timer             100     1500   90 ms  900 us   1.0 ms main.cpp:70           ");
}

TEST_CASE("every line of every table fits the screen exactly, whatever its width") {
  const Tasks tasks = server();
  for (const View view : {View::tasks, View::resources, View::operations}) {
    Choices choices;
    choices.view = view;
    for (const std::size_t width : {1U, 20U, 80U, 96U, 200U}) {
      const Listing listing = listing_of(tasks, choices, width);
      for (const Line& line : listing.head) CHECK(line.text.size() == width);
      for (std::size_t i = 0; i < listing.keys.size(); ++i) {
        CHECK(listing.line(i).text.size() == width);
      }
    }
  }
}

TEST_CASE("the text of --once is the chosen table") {
  Choices choices;
  choices.view = View::operations;
  const std::string text = table_text(server(), choices, 80);
  CHECK(text.find("server (pid 47)") == 0);
  CHECK(text.find("\n  read                4        1  8.0 ms  2.0 ms   5.0 ms net.cpp:9\n") !=
        std::string::npos);
}

TEST_CASE("the JSON of --once has the rows of all tables") {
  const auto document = pulsebench::json::parse(table_json(server(), {}), "output");
  REQUIRE(document.has_value());
  CHECK((*document)["schema"] == "pulse.console.tasks");
  REQUIRE((*document)["tasks"].size() == 1);
  CHECK((*document)["tasks"][0]["tier"] == "monitor");
  CHECK((*document)["tasks"][0]["idle_ns"] == 10'000'000'000);
  CHECK((*document)["tasks"][0]["warnings"][0] == "blocks its worker: a poll of 250 ms");
  CHECK((*document)["resources"].size() == 2);
  CHECK((*document)["resources"][0]["waiting"] == 1500);
  CHECK((*document)["operations"].size() == 3);
  CHECK((*document)["operations"][1]["mean_ns"] == 2'000'000);
}
