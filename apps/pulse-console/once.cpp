#include "once.hpp"

#include <poll.h>

#include <algorithm>

#include "pulsebench/json/write.hpp"

namespace pulsebench::console {
namespace {

using std::chrono::steady_clock;

std::int64_t ns(std::chrono::nanoseconds time) { return time.count(); }

void append(std::string& text, const Line& line) {
  const auto end = line.text.find_last_not_of(' ');
  text += line.text.substr(0, end == std::string::npos ? 0 : end + 1) + "\n";
}

}  // namespace

Result<void> watch_for(Session& session, std::chrono::milliseconds time) {
  const auto end = steady_clock::now() + time;
  while (true) {
    const auto taken = session.take();
    if (!taken) return Failure{taken.error()};
    if (session.feed().is_over()) break;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now());
    if (left.count() <= 0 && session.tasks().has_tasks()) break;
    pollfd waiting{session.feed().descriptor(), POLLIN, 0};
    const auto most = left.count() > 0 ? left.count() : 1000;
    ::poll(&waiting, 1, static_cast<int>(most));
  }
  if (!session.tasks().has_tasks()) {
    return fail(ErrorCode::nothing_measured, "the program ended before it sent its tasks");
  }
  return {};
}

std::string table_text(const Tasks& tasks, const Choice& choice, std::size_t width) {
  const std::vector<Row> rows = chosen_rows(tasks, choice);
  std::string text;
  for (const Line& line : head_lines(tasks, rows, width)) append(text, line);
  append(text, column_line(choice, width));
  for (const Row& row : rows) append(text, row_line(row, width));
  return text;
}

std::string table_json(const Tasks& tasks, const Choice& choice) {
  nlohmann::ordered_json document;
  document["schema"] = "pulse.console.tasks";
  document["version"] = 1;
  document["program"] = tasks.program().program;
  document["pid"] = tasks.program().pid;
  document["watched_ns"] = ns(tasks.watched());
  const Counts& counts = tasks.counts();
  document["counts"] = {{"tasks", counts.tasks},           {"polls", counts.polls},
                        {"violations", counts.violations}, {"promotions", counts.promotions},
                        {"demotions", counts.demotions},   {"yields", counts.yields},
                        {"isolations", counts.isolations}};
  document["tasks"] = nlohmann::ordered_json::array();
  for (const Row& row : chosen_rows(tasks, choice)) {
    const Task& task = *row.task;
    document["tasks"].push_back({{"id", task.id},
                                 {"state", name_of(row.state)},
                                 {"tier", name_of(task.tier)},
                                 {"where", task.where},
                                 {"polls", task.polls},
                                 {"total_ns", ns(row.total)},
                                 {"busy_ns", ns(row.busy)},
                                 {"queued_ns", ns(row.queued)},
                                 {"idle_ns", ns(row.idle)},
                                 {"longest_ns", ns(task.longest)},
                                 {"self_wakes", task.self_wakes},
                                 {"poll_times", task.poll_times},
                                 {"warnings", row.warnings}});
  }
  return json::document_text(document);
}

}  // namespace pulsebench::console
