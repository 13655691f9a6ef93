#include "pulsebench/fleet/slurm_text.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"

namespace pulsebench::fleet {
namespace {

/// In any of which a node takes no task.
constexpr std::array<std::string_view, 7> kUnusable{"DOWN",   "DRAIN", "FAIL",        "MAINT",
                                                    "FUTURE", "UNK",   "POWERED_DOWN"};
/// In which a task has ended; one that is requeued is pending again.
constexpr std::array<std::string_view, 8> kEnded{"COMPLETED", "FAILED",       "CANCELLED",
                                                 "TIMEOUT",   "BOOT_FAIL",    "DEADLINE",
                                                 "NODE_FAIL", "OUT_OF_MEMORY"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// What stands behind ` key=` up to the next blank; empty where it is not there.
std::string_view value_of(std::string_view line, std::string_view key) {
  for (std::size_t at = line.find(key); at != std::string_view::npos; at = line.find(key, at + 1)) {
    const std::size_t end = at + key.size();
    const bool begins_word = at == 0 || is_blank(line[at - 1]);
    if (!begins_word || end >= line.size() || line[end] != '=') continue;
    const std::string_view rest = line.substr(end + 1);
    return rest.substr(0, rest.find(' '));
  }
  return {};
}

std::vector<std::string> list_of(std::string_view text) {
  if (text.empty() || text == "(null)") return {};
  return split(text, ',');
}

bool is_usable(std::string_view state) {
  return std::ranges::none_of(
      kUnusable, [&](std::string_view word) { return state.find(word) != std::string_view::npos; });
}

/// What begins each script: nothing that the nodes' shells could expand comes after.
std::string script_of(std::string_view tool, std::string_view words) {
  assert(is_hex(tool, 64));
  return fmt::format("#!/bin/sh\nexec ./bin/{} {}\n", tool, words);
}

}  // namespace

bool ClusterNode::has_feature(std::string_view feature) const {
  return std::ranges::find(features, feature) != features.end();
}

bool ClusterNode::is_in(std::string_view partition) const {
  return partition.empty() || std::ranges::find(partitions, partition) != partitions.end();
}

std::vector<ClusterNode> read_nodes(std::string_view text) {
  std::vector<ClusterNode> nodes;
  for (const std::string& line : split(text, '\n')) {
    const std::string_view name = value_of(line, "NodeName");
    if (!is_node_name(name)) continue;
    nodes.push_back({.name = std::string{name},
                     .features = list_of(value_of(line, "AvailableFeatures")),
                     .partitions = list_of(value_of(line, "Partitions")),
                     .usable = is_usable(value_of(line, "State"))});
  }
  return nodes;
}

std::optional<std::size_t> max_array_size(std::string_view config) {
  for (const std::string& line : split(config, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string_view view = line;
    if (trimmed(view.substr(0, equals)) != "MaxArraySize") continue;
    return number_in<std::size_t>(trimmed(view.substr(equals + 1)));
  }
  return std::nullopt;
}

std::vector<QueuedTask> read_queue(std::string_view text) {
  std::vector<QueuedTask> tasks;
  for (const std::string& line : split(text, '\n')) {
    const auto parts = split(line, '|');
    if (parts.size() != 4) continue;
    const auto shard = number_in<std::size_t>(trimmed(parts[0]));
    const std::string_view state = trimmed(parts[1]);
    if (!shard || std::ranges::find(kEnded, state) != kEnded.end()) continue;
    tasks.push_back({.shard = *shard,
                     .running = state == "RUNNING",
                     .node = printable(trimmed(parts[2]), 255),
                     .reason = printable(trimmed(parts[3]), 100)});
  }
  return tasks;
}

bool is_job_id(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::string> read_job_id(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::string_view id = trimmed(line.substr(0, line.find(';')));
  if (is_job_id(id)) return std::string{id};
  return fail(ErrorCode::child_failed,
              "sbatch did not print the number of the job, but '" + printable(line) + "'");
}

std::string array_text(const std::vector<std::size_t>& tasks) {
  std::string text;
  for (std::size_t i = 0; i < tasks.size();) {
    std::size_t last = i;
    while (last + 1 < tasks.size() && tasks[last + 1] == tasks[last] + 1) ++last;
    text += (text.empty() ? "" : ",") + std::to_string(tasks[i]);
    if (last > i) text += "-" + std::to_string(tasks[last]);
    i = last + 1;
  }
  return text;
}

std::vector<std::string> batch_words(const BatchRequest& request, const std::string& script) {
  std::vector<std::string> words{
      "sbatch",    "--parsable", "--job-name=pulsebench", "--exclusive",
      "--nodes=1", "--requeue",  "--open-mode=append",    "--chdir=" + request.run_folder};
  if (request.tasks.empty()) {
    words.emplace_back("--output=logs/%j.log");
  } else {
    const std::string most = request.at_once > 0 ? "%" + std::to_string(request.at_once) : "";
    words.push_back("--array=" + array_text(request.tasks) + most);
    words.emplace_back("--output=logs/%A_%a.log");
  }
  if (!request.partition.empty()) words.push_back("--partition=" + request.partition);
  if (!request.constraint.empty()) words.push_back("--constraint=" + request.constraint);
  if (!request.node.empty()) words.push_back("--nodelist=" + request.node);
  words.insert(words.end(), request.options.begin(), request.options.end());
  words.push_back(script);
  return words;
}

std::string task_script(std::string_view tool) { return script_of(tool, "fleet task"); }

std::string node_script(std::string_view tool) { return script_of(tool, "fleet kinds --here"); }

}  // namespace pulsebench::fleet
