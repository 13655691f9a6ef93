#include "view.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "pulse_console_tables/lines.hpp"

using namespace pulsebench::console;

namespace {

constexpr std::uint64_t kSlots = 1U << 24U;

/// A hog that was isolated, and two light tasks.
Tasks three_tasks() {
  Tasks tasks;
  tasks.apply(message_of(kHello));
  tasks.apply(message_of(everything_text(
      10'000'000'000,
      task_text(kSlots + 1, "waiting", R"("age_ns":10000000000,"busy_ns":3000000,"polls":40,)") +
          "," +
          task_text(kSlots + 2, "running",
                    R"("tier":"isolate","age_ns":10000000000,"busy_ns":9000000000,"polls":45,)"
                    R"("longest_ns":250000000,"poll_times":[0,0,0,1,0,0,0,0,0,0,0,0,0,0,44],)") +
          "," +
          task_text(kSlots + 3, "ready",
                    R"("age_ns":9000000000,"busy_ns":1000000,"polls":2000,)"))));
  return tasks;
}

std::vector<std::string> ids(const Tasks& tasks, const Choice& choice) {
  std::vector<std::string> found;
  for (const Row& row : chosen_rows(tasks, choice)) found.push_back(short_id(row.task->id));
  return found;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("tasks are sorted by every column, and in reverse") {
  const Tasks tasks = three_tasks();
  CHECK(ids(tasks, {}) == Ids{"2", "1", "3"});  // by busy time
  CHECK(ids(tasks, {Column::id, false, ""}) == Ids{"1", "2", "3"});
  CHECK(ids(tasks, {Column::id, true, ""}) == Ids{"3", "2", "1"});
  CHECK(ids(tasks, {Column::state, false, ""}) == Ids{"2", "3", "1"});
  CHECK(ids(tasks, {Column::tier, false, ""}) == Ids{"2", "1", "3"});
  CHECK(ids(tasks, {Column::total, false, ""}) == Ids{"1", "2", "3"});
  CHECK(ids(tasks, {Column::idle, false, ""}) == Ids{"1", "3", "2"});
  CHECK(ids(tasks, {Column::polls, false, ""}) == Ids{"3", "2", "1"});
  CHECK(ids(tasks, {Column::longest, false, ""}) == Ids{"2", "1", "3"});
  CHECK(ids(tasks, {Column::where, false, ""}) == Ids{"1", "2", "3"});
}

TEST_CASE("a filter is part of a place, a state or a tier, or an id") {
  const Tasks tasks = three_tasks();
  CHECK(ids(tasks, {Column::id, false, "iso"}) == Ids{"2"});
  CHECK(ids(tasks, {Column::id, false, "ready"}) == Ids{"3"});
  CHECK(ids(tasks, {Column::id, false, "main.cpp"}) == Ids{"1", "2", "3"});
  CHECK(ids(tasks, {Column::id, false, "3"}) == Ids{"3"});
  CHECK(ids(tasks, {Column::id, false, std::to_string(kSlots + 1)}) == Ids{"1"});
  CHECK(ids(tasks, {Column::id, false, "nothing like it"}).empty());
}

TEST_CASE("every line fits the screen exactly, whatever its width") {
  const Tasks tasks = three_tasks();
  const auto rows = chosen_rows(tasks, {});
  for (const std::size_t width : {1U, 20U, 80U, 95U, 96U, 200U}) {
    std::vector<Line> lines = head_lines(tasks, rows, width);
    lines.push_back(column_line({}, width));
    for (const Row& row : rows) lines.push_back(row_line(row, width));
    for (const Line& line : detail_lines(rows.front(), width)) lines.push_back(line);
    for (const Line& line : lines) CHECK((line.text.empty() || line.text.size() == width));
  }
}

TEST_CASE("80 columns are enough for state, tier, times, polls and place") {
  const Tasks tasks = three_tasks();
  const Row hog = chosen_rows(tasks, {}).front();
  CHECK(column_line({}, 80).text ==
        "       ID STATE   TIER      TOTAL   BUSYv    IDLE    POLLS WHERE                ");
  CHECK(row_line(hog, 80).text ==
        "!       2 running isolate  10.0 s   9.0 s   1.0 s       45 main.cpp:18          ");
  CHECK(row_line(hog, 80).look == Look::isolated);
}

TEST_CASE("the head names the program, its counts and the worst task") {
  const Tasks tasks = three_tasks();
  const auto head = head_lines(tasks, chosen_rows(tasks, {}), 100);
  REQUIRE(head.size() == 3);
  CHECK(head[0].text.find("server (pid 47)   2 tasks   watched 10.0 s") == 0);
  CHECK(head[1].text.find("polls 9   violations 3   promotions 2   yields 4   isolations 5") == 0);
  CHECK(head[2].text.find("! task 2 blocks its worker: a poll of 250 ms") == 0);
  CHECK(head[2].look == Look::warning);
}

TEST_CASE("details show shares, and a bar for each time of polls up to the largest") {
  const Tasks tasks = three_tasks();
  std::string text;
  for (const Line& line : detail_lines(chosen_rows(tasks, {}).front(), 80))
    text += line.text + "\n";
  CHECK(text.find("busy       9.0 s   90.0 %") != std::string::npos);
  CHECK(text.find("from   66 us            1  #") != std::string::npos);     // 2^16 ns
  CHECK(text.find("from  134 ms           44  ####") != std::string::npos);  // 2^27 ns
  CHECK(text.find("from   33 us") == std::string::npos);
  CHECK(text.find(std::to_string(kSlots + 2)) != std::string::npos);
}

TEST_CASE("bytes from outside never steer the terminal") {
  CHECK(fitted("a\x1b[2Jb\xc3\xa4", 9) == "a?[2Jb?? ");
}
