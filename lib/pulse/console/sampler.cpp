#include "pulse/console/sampler.hpp"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "pulse/console/json_line.hpp"

namespace pulse::console {
namespace {

std::string program_name() {
  std::string name(64, '\0');
  std::FILE* const file = std::fopen("/proc/self/comm", "re");
  if (file == nullptr) return "?";
  name.resize(std::fread(name.data(), 1, name.size(), file));
  std::fclose(file);
  if (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}

/// Up to the last bucket that is not empty.
void append_poll_times(std::string& line, const TaskSnapshot& task) {
  std::size_t used = PollTimes::kBuckets;
  while (used > 0 && task.timed_polls[used - 1] == 0) --used;
  line += "\"poll_times\":[";
  for (std::size_t i = 0; i < used; ++i) {
    line += std::to_string(task.timed_polls[i]);
    line += ',';
  }
  close(line, ']');
  line += ',';
}

}  // namespace

std::string Sampler::hello(std::uint64_t period_ms) {
  std::string line = "{\"hello\":{";
  append_field(line, "schema", "pulse.console");
  append_field(line, "version", std::uint64_t{1});
  append_field(line, "program", program_name());
  append_field(line, "pid", static_cast<std::uint64_t>(::getpid()));
  append_field(line, "period_ms", period_ms);
  close(line, '}');
  return line + "}\n";
}

std::string Sampler::changes() {
  std::string line;
  std::string ended = "\"ended\":[";
  begin(line, "changes");
  Backlogs backlogs;
  std::size_t index = 0;
  tiers_.tasks().for_each_slot([&](const TaskSlot& slot) {
    if (index == sent_.size()) sent_.emplace_back();
    Sent& sent = sent_[index++];
    const Sent now = glance(slot, backlogs);
    if (sent.id != 0 && sent.id != now.id) ended += std::to_string(sent.id) + ",";
    const bool is_unchanged = now == sent && now.state != TaskState::running;
    sent = now;
    if (now.id != 0 && !is_unchanged) append_task(line, slot, now.id);
  });
  close(line, ']');
  close(ended, ']');
  line += ',';
  append_places(line, backlogs);
  line += ended + "}}\n";
  return line;
}

void Sampler::append_places(std::string& line, const Backlogs& backlogs) {
  ResourceRows resources = resource_rows(tiers_, backlogs);
  append_changed(line, resources, sent_resources_);
  sent_resources_ = std::move(resources);
  OperationRows operations = operation_rows(tiers_.watch());
  append_changed(line, operations, sent_operations_);
  sent_operations_ = std::move(operations);
}

std::string Sampler::everything() const {
  std::string line;
  begin(line, "everything");
  std::size_t index = 0;
  tiers_.tasks().for_each_slot([&](const TaskSlot& slot) {
    const std::uint64_t id = index < sent_.size() ? sent_[index].id : 0;
    ++index;
    if (id != 0) append_task(line, slot, id);
  });
  close(line, ']');
  line += ',';
  append_changed(line, sent_resources_, {});
  append_changed(line, sent_operations_, {});
  close(line, '}');
  return line + "}\n";
}

void Sampler::forget() {
  sent_.clear();
  sent_resources_.clear();
  sent_operations_.clear();
}

Sampler::Sent Sampler::glance(const TaskSlot& slot, Backlogs& backlogs) {
  constexpr auto kAcquire = std::memory_order_acquire;  // see TaskStats
  Sent now;
  const std::uint64_t id = slot.id.load(kAcquire);
  if ((id & TaskSlot::kVacant) != 0) return now;
  const TaskStats stats = TaskTable::stats_of(&slot);
  now = {id, polls_of(stats), stats.state.load(kAcquire), slot.state.tier.load(kAcquire)};
  add_backlog(backlogs, stats);
  // A task that ended meanwhile is found vacant, or changed, at the next glance.
  return now;
}

void Sampler::begin(std::string& line, const char* kind) const {
  line = std::string("{\"") + kind + "\":{";
  const PollWatch& watch = tiers_.watch();
  const std::uint64_t since = watch.since();
  const std::uint64_t now = watch.now();
  append_field(line, "watched_ns", watch.time_of(since != 0 && now > since ? now - since : 0));
  append_counts(line);
  line += "\"tasks\":[";
}

/// Nothing if the slot's task is no longer `id`.
void Sampler::append_task(std::string& line, const TaskSlot& slot, std::uint64_t id) const {
  const auto task = snapshot_of(slot, TaskTable::stats_of(&slot), tiers_.watch());
  if (!task || task->id.value != id) return;
  line += '{';
  append_field(line, "id", task->id.value);
  append_field(line, "state", pulse::name_of(task->state));
  append_field(line, "tier", pulse::name_of(task->tier));
  append_field(line, "where", name_of(task->where));
  append_field(line, "polls", task->polls);
  append_field(line, "age_ns", task->age);
  append_field(line, "busy_ns", task->busy);
  append_field(line, "queued_ns", task->queued);
  append_field(line, "longest_ns", task->longest);
  append_field(line, "current_ns", task->current);
  append_field(line, "self_wakes", std::uint64_t{task->self_wakes});
  append_poll_times(line, *task);
  close(line, '}');
  line += ',';
}

void Sampler::append_counts(std::string& line) const {
  const TierMetrics counts = tiers_.get_metrics();
  line += "\"counts\":{";
  append_field(line, "tasks", static_cast<std::uint64_t>(counts.tasks > 0 ? counts.tasks : 0));
  append_field(line, "polls", counts.polls);
  append_field(line, "violations", counts.violations);
  append_field(line, "promotions", counts.promotions);
  append_field(line, "demotions", counts.demotions);
  append_field(line, "yields", counts.yields);
  append_field(line, "isolations", counts.isolations);
  close(line, '}');
  line += ',';
}

}  // namespace pulse::console
