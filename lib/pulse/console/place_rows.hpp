#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "pulse/location.hpp"
#include "pulse/tier_manager.hpp"

namespace pulse::console {

/// File without its folders, and line: "main.cpp:7".
[[nodiscard]] std::string name_of(Location where);

/// Kind and place, as they are sent.
using PlaceName = std::pair<std::string, std::string>;

struct ResourceCounts {
  std::uint64_t opened = 0, closed = 0, waiting = 0;
  friend bool operator==(const ResourceCounts&, const ResourceCounts&) = default;
};

struct OperationTimes {
  std::uint64_t ended = 0, waiting = 0;
  std::chrono::nanoseconds total{0}, longest{0};
  friend bool operator==(const OperationTimes&, const OperationTimes&) = default;
};

using ResourceRows = std::map<PlaceName, ResourceCounts>;
using OperationRows = std::map<PlaceName, OperationTimes>;

/// Work that waits until an earlier piece of the same task is done, by the place of the task.
using Backlogs = std::map<std::pair<const char*, std::uint32_t>, std::uint64_t>;

/// Adds that of a task.
void add_backlog(Backlogs& backlogs, const TaskStats& stats);
/// The backlogs of all tasks that there are now.
[[nodiscard]] Backlogs backlogs_of(const TaskTable& tasks);

/// All resources by kind and place. A backlog waits at the "strand" of its place.
[[nodiscard]] ResourceRows resource_rows(const TierManager& tiers, const Backlogs& backlogs);

/// All operations of the present watch by kind and place.
[[nodiscard]] OperationRows operation_rows(const PollWatch& watch);

/// Appends `"resources":[…],` or `"operations":[…],`: the rows that differ from those in `sent`.
void append_changed(std::string& line, const ResourceRows& rows, const ResourceRows& sent);
void append_changed(std::string& line, const OperationRows& rows, const OperationRows& sent);

}  // namespace pulse::console
