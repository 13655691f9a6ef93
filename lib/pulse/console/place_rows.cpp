#include "pulse/console/place_rows.hpp"

#include <algorithm>
#include <string_view>

#include "pulse/console/json_line.hpp"
#include "pulse/operation.hpp"
#include "pulse/resource.hpp"

namespace pulse::console {
namespace {

void append_counts(std::string& line, const ResourceCounts& counts) {
  append_field(line, "opened", counts.opened);
  append_field(line, "closed", counts.closed);
  append_field(line, "waiting", counts.waiting);
}

void append_counts(std::string& line, const OperationTimes& times) {
  append_field(line, "ended", times.ended);
  append_field(line, "waiting", times.waiting);
  append_field(line, "total_ns", times.total);
  append_field(line, "longest_ns", times.longest);
}

template <class Rows>
void append_rows(std::string& line, std::string_view key, const Rows& rows, const Rows& sent) {
  line += '"';
  line += key;
  line += "\":[";
  for (const auto& [name, counts] : rows) {
    const auto before = sent.find(name);
    if (before != sent.end() && before->second == counts) continue;
    line += '{';
    append_field(line, "type", name.first);
    append_field(line, "where", name.second);
    append_counts(line, counts);
    close(line, '}');
    line += ',';
  }
  close(line, ']');
  line += ',';
}

}  // namespace

std::string name_of(Location where) {
  std::string_view file = where.file;
  file.remove_prefix(file.rfind('/') + 1);  // npos + 1 is 0
  return std::string(file) + ":" + std::to_string(where.line);
}

void add_backlog(Backlogs& backlogs, const TaskStats& stats) {
  constexpr auto kAcquire = std::memory_order_acquire;  // see TaskStats
  const std::uint32_t backlog = stats.hot.backlog.load(kAcquire);
  if (backlog == 0) return;
  backlogs[{stats.hot.file.load(kAcquire), stats.hot.line.load(kAcquire)}] += backlog;
}

Backlogs backlogs_of(const TaskTable& tasks) {
  Backlogs backlogs;
  tasks.for_each_slot([&](const TaskSlot& slot) {
    // Acquire: see TaskStats.
    const bool is_vacant = (slot.id.load(std::memory_order_acquire) & TaskSlot::kVacant) != 0;
    if (!is_vacant) add_backlog(backlogs, TaskTable::stats_of(&slot));
  });
  return backlogs;
}

ResourceRows resource_rows(const TierManager& tiers, const Backlogs& backlogs) {
  ResourceRows rows;
  if (tiers.resources() != nullptr) {
    tiers.resources()->for_each([&](const ResourceSnapshot& seen) {
      ResourceCounts& row = rows[{seen.kind, name_of(seen.where)}];
      row.opened += seen.opened;
      row.closed += seen.closed;
      row.waiting += seen.waiting;
    });
  }
  for (const auto& [place, backlog] : backlogs) {
    const auto strand = rows.find({"strand", name_of({place.first, place.second})});
    if (strand != rows.end()) strand->second.waiting += backlog;
  }
  return rows;
}

OperationRows operation_rows(const PollWatch& watch) {
  OperationRows rows;
  Operation::for_each(watch, [&](const OperationSnapshot& seen) {
    OperationTimes& row = rows[{seen.kind, name_of(seen.where)}];
    row.ended += seen.ended;
    row.waiting += seen.waiting;
    row.total += seen.total;
    row.longest = std::max(row.longest, seen.longest);
  });
  return rows;
}

void append_changed(std::string& line, const ResourceRows& rows, const ResourceRows& sent) {
  append_rows(line, "resources", rows, sent);
}

void append_changed(std::string& line, const OperationRows& rows, const OperationRows& sent) {
  append_rows(line, "operations", rows, sent);
}

}  // namespace pulse::console
