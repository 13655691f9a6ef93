#include "tasks.hpp"

#include <algorithm>
#include <numeric>

#include "duration_text.hpp"

namespace pulsebench::console {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

// Thresholds of the warnings; tokio-console has the first two.
constexpr nanoseconds kBlocking = 100ms;      // a poll this long delays all others
constexpr std::uint64_t kMostSelfWakes = 50;  // percent of the polls
constexpr std::uint64_t kFewestPolls = 10;    // for that share
constexpr nanoseconds kEndless = 1s;          // a poll that is still running
constexpr nanoseconds kStuck = 15s;           // the least time in the tier is 10 s

std::uint64_t timed_polls(const Task& task) {
  return std::accumulate(task.poll_times.begin(), task.poll_times.end(), std::uint64_t{0});
}

}  // namespace

void Tasks::apply(const Message& message) {
  if (const auto* hello = std::get_if<Hello>(&message)) {
    *this = {};
    program_ = *hello;
    return;
  }
  const auto& update = std::get<Update>(message);
  has_tasks_ = true;
  counts_ = update.counts;
  // Everything names the tasks there are: the others ended unseen.
  if (update.is_everything) {
    known_.clear();
    resources_.clear();
    operations_.clear();
  }
  watched_ = update.watched;
  for (const Task& task : update.tasks) note(task);
  for (const Resource& one : update.resources) resources_[{one.type, one.where}] = one;
  for (const Operation& one : update.operations) operations_[{one.type, one.where}] = one;
  for (const std::uint64_t id : update.ended) {
    const auto found = known_.find(id);
    if (found != known_.end() && !found->second.ended_at) found->second.ended_at = watched_;
  }
  std::erase_if(known_, [&](const auto& entry) {
    return entry.second.ended_at && watched_ - *entry.second.ended_at > kKept;
  });
}

std::vector<Row> Tasks::rows() const {
  std::vector<Row> rows;
  rows.reserve(known_.size());
  for (const auto& [id, known] : known_) rows.push_back(row_of(known));
  return rows;
}

std::optional<Row> Tasks::find(std::uint64_t id) const {
  const auto found = known_.find(id);
  if (found == known_.end()) return std::nullopt;
  return row_of(found->second);
}

void Tasks::note(const Task& task) {
  Known& known = known_[task.id];
  known.task = task;
  known.at = watched_;
  if (task.tier != Level::isolate) {
    known.isolated_at.reset();
  } else if (!known.isolated_at) {
    known.isolated_at = watched_;
  }
}

/// A task that was not sent again is in the same state since.
Row Tasks::row_of(const Known& known) const {
  Row row;
  row.task = &known.task;
  row.state = known.ended_at ? State::ended : known.task.state;
  const nanoseconds since = known.ended_at.value_or(watched_) - known.at;
  row.total = std::min(known.task.age + since, known.ended_at.value_or(watched_));
  row.busy = known.task.busy + (row.state == State::running ? since : 0ns);
  row.queued = known.task.queued + (row.state == State::ready ? since : 0ns);
  row.idle = std::max<nanoseconds>(row.total - row.busy - row.queued, 0ns);
  row.warnings = warnings_of(known);
  return row;
}

std::vector<std::string> Tasks::warnings_of(const Known& known) const {
  const Task& task = known.task;
  std::vector<std::string> found;
  if (task.current >= kEndless && !known.ended_at) {
    found.push_back("does not end its poll: " + text_of(task.current) + " so far");
  } else if (task.longest > kBlocking) {
    found.push_back("blocks its worker: a poll of " + text_of(task.longest));
  }
  const std::uint64_t polls = timed_polls(task);
  if (polls >= kFewestPolls && task.self_wakes * 100 > polls * kMostSelfWakes) {
    found.push_back("wakes itself: " + std::to_string(task.self_wakes * 100 / polls) +
                    " % of its polls");
  }
  if (known.isolated_at && !known.ended_at && watched_ - *known.isolated_at >= kStuck) {
    found.push_back("stays isolated: " + text_of(watched_ - *known.isolated_at));
  }
  return found;
}

}  // namespace pulsebench::console
