#include "messages.hpp"

#include <limits>
#include <utility>

#include "pulsebench/json/reader.hpp"

namespace pulsebench::console {
namespace {

constexpr const char* kSource = "the console's message";
constexpr std::uint64_t kMostNs = std::numeric_limits<std::int64_t>::max() / 8;  // sums of some fit
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max() / 2;
constexpr std::size_t kMostTasks = std::size_t{1} << 24U;  // that one manager can watch
constexpr std::size_t kMostBuckets = 64;
constexpr std::size_t kMostPlaces = 4096;
constexpr std::uint64_t kMostTimedPolls = std::numeric_limits<std::uint32_t>::max();
constexpr int kNewestVersion = 1;

std::chrono::nanoseconds time_at(json::Reader& reader, const char* key) {
  return std::chrono::nanoseconds{static_cast<std::int64_t>(reader.whole(key, 0, kMostNs))};
}

Task task_of(json::Reader& reader) {
  Task task;
  task.id = reader.whole("id", 1, kMost);
  task.state = reader.named<State>("state");
  task.tier = reader.named<Level>("tier");
  task.where = reader.text("where", json::kPrintable);
  task.polls = reader.whole("polls", 0, kMost);
  task.age = time_at(reader, "age_ns");
  task.busy = time_at(reader, "busy_ns");
  task.queued = time_at(reader, "queued_ns");
  task.longest = time_at(reader, "longest_ns");
  task.current = time_at(reader, "current_ns");
  task.self_wakes = reader.whole("self_wakes", 0, kMostTimedPolls);
  task.poll_times = reader.wholes("poll_times", kMostBuckets, kMostTimedPolls);
  return task;
}

Resource resource_of(json::Reader& reader) {
  Resource resource;
  resource.type = reader.text("type", json::kPrintable);
  resource.where = reader.text("where", json::kPrintable);
  resource.opened = reader.whole("opened", 0, kMost);
  resource.closed = reader.whole("closed", 0, kMost);
  resource.waiting = reader.whole("waiting", 0, kMost);
  return resource;
}

Operation operation_of(json::Reader& reader) {
  Operation operation;
  operation.type = reader.text("type", json::kPrintable);
  operation.where = reader.text("where", json::kPrintable);
  operation.ended = reader.whole("ended", 0, kMost);
  operation.waiting = reader.whole("waiting", 0, kMost);
  operation.total = time_at(reader, "total_ns");
  operation.longest = time_at(reader, "longest_ns");
  return operation;
}

Counts counts_of(json::Reader& reader) {
  const auto count = [&](const char* key) { return reader.whole(key, 0, kMost); };
  return {count("tasks"),     count("polls"),  count("violations"), count("promotions"),
          count("demotions"), count("yields"), count("isolations")};
}

Hello hello_of(json::Reader& reader) {
  json::check_format(
      reader, {"pulse.console", "version", kNewestVersion, "the other end is no console of pulse"});
  Hello hello;
  hello.program = reader.text("program", json::kPrintable);
  hello.pid = reader.whole("pid", 1, kMost);
  return hello;
}

Update update_of(json::Reader& reader, bool is_everything) {
  Update update;
  update.is_everything = is_everything;
  update.watched = time_at(reader, "watched_ns");
  if (auto counts = reader.child("counts")) update.counts = counts_of(*counts);
  reader.each("tasks", kMostTasks,
              [&](json::Reader& item) { update.tasks.push_back(task_of(item)); });
  // A recording of an earlier version has neither.
  if (reader.has("resources")) {
    reader.each("resources", kMostPlaces,
                [&](json::Reader& item) { update.resources.push_back(resource_of(item)); });
  }
  if (reader.has("operations")) {
    reader.each("operations", kMostPlaces,
                [&](json::Reader& item) { update.operations.push_back(operation_of(item)); });
  }
  if (!is_everything) update.ended = reader.wholes("ended", kMostTasks, kMost);
  return update;
}

}  // namespace

Result<Message> decode(std::string_view line) {
  const auto document = json::parse(line, kSource);
  if (!document) return Failure{document.error()};
  json::Problem problem;
  json::Reader reader{*document, problem};
  Message message;
  if (auto hello = reader.child("hello")) {
    message = hello_of(*hello);
  } else if (auto everything = reader.child("everything")) {
    message = update_of(*everything, true);
  } else if (auto changes = reader.child("changes")) {
    message = update_of(*changes, false);
  } else {
    problem.note("", "is none that this version knows");
  }
  if (problem.noted()) return problem.in(kSource);
  return message;
}

std::string short_id(std::uint64_t id) {
  constexpr unsigned kSlotBits = 24;  // pulse::TaskId::kIndexBits
  const std::uint64_t slot = id & ((std::uint64_t{1} << kSlotBits) - 1);
  const std::uint64_t use = id >> kSlotBits;
  return std::to_string(slot) + (use > 1 ? "." + std::to_string(use) : "");
}

}  // namespace pulsebench::console
