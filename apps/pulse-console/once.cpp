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

std::string table_text(const Tasks& tasks, const Choices& choices, std::size_t width) {
  const Listing listing = listing_of(tasks, choices, width);
  std::string text;
  for (const Line& line : listing.head) append(text, line);
  for (std::size_t i = 0; i < listing.keys.size(); ++i) append(text, listing.line(i));
  return text;
}

std::string table_json(const Tasks& tasks, const Choices& choices) {
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
  for (const Row& row : chosen_rows(tasks, choices.tasks)) {
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
  document["resources"] = nlohmann::ordered_json::array();
  for (const Resource* const one : chosen_resources(tasks, choices.resources)) {
    document["resources"].push_back({{"type", one->type},
                                     {"where", one->where},
                                     {"opened", one->opened},
                                     {"closed", one->closed},
                                     {"waiting", one->waiting}});
  }
  document["operations"] = nlohmann::ordered_json::array();
  for (const Operation* const one : chosen_operations(tasks, choices.operations)) {
    document["operations"].push_back({{"type", one->type},
                                      {"where", one->where},
                                      {"ended", one->ended},
                                      {"waiting", one->waiting},
                                      {"total_ns", ns(one->total)},
                                      {"mean_ns", ns(mean_time(*one))},
                                      {"longest_ns", ns(one->longest)}});
  }
  return json::document_text(document);
}

}  // namespace pulsebench::console
