#pragma once

#include <algorithm>
#include <string_view>

#include "pulsebench/json/reader.hpp"
#include "pulsebench/vocabulary/text.hpp"

/// The files of a run, as they name themselves.
namespace pulsebench::fleet {

inline constexpr json::Format kPlanFormat{"pulsebench-fleet-plan", "version", 1,
                                          "the file is no plan of a fleet"};
inline constexpr json::Format kJobsFormat{"pulsebench-fleet-jobs", "version", 1,
                                          "the file is no list of the jobs of a fleet"};
inline constexpr json::Format kAttemptFormat{"pulsebench-fleet-attempt", "version", 1,
                                             "the file is no attempt of a fleet"};
inline constexpr json::Format kTaskFormat{"pulsebench-fleet-task", "version", 1,
                                          "the file is no record of a task of a fleet"};
inline constexpr json::Format kNodeFormat{"pulsebench-fleet-node", "version", 1,
                                          "the file is no record of a node of a fleet"};

/// Returns true for so many lower-case hexadecimal digits.
[[nodiscard]] inline bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && pulsebench::is_hex(text);
}

/// Returns true for the name of a node: letters, digits, `-`, `_` and `.`, and no `.` at its begin.
/// It becomes the name of a file, and a word of sbatch's command line.
[[nodiscard]] inline bool is_node_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= 255 && text.front() != '.' && text.front() != '-' &&
         std::ranges::all_of(text, allowed);
}

}  // namespace pulsebench::fleet
