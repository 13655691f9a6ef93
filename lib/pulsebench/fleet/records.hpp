#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/vocabulary/names.hpp"
#include "pulsebench/vocabulary/result.hpp"

/// The small files of a run, which tasks on different machines leave for each other. A reader
/// returns `bad_input`, naming file and field, for anything that its writer did not write. Pure.
namespace pulsebench::fleet {

/// The jobs of Slurm that measure a run, the first one first.
struct Jobs {
  std::vector<std::string> ids = {};  ///< digits
};

/// Written before a benchmark is measured and removed when its result is stored: one that stays
/// belongs to a node that died, or still measures.
struct Attempt {
  std::string node;
};

/// How the last life of a task ended.
enum class TaskState {
  measured,    ///< nothing is left to do
  wrong_kind,  ///< the machine has another key than the plan, and nothing was measured
  failed,      ///< an error, `why`
  interrupted  ///< by a signal
};

struct TaskRecord {
  TaskState state = TaskState::failed;
  std::string node;
  std::string machine_key;  ///< of that node
  std::string why = {};     ///< one line; empty: nothing went wrong
};

/// What a node says of itself.
struct NodeKind {
  std::string node;
  std::string machine_key;
  std::string cpu_model = {};  ///< empty: unknown
};

[[nodiscard]] std::string jobs_text(const Jobs& jobs);
[[nodiscard]] Result<Jobs> read_jobs(std::string_view text, std::string_view file_name);

[[nodiscard]] std::string attempt_text(const Attempt& attempt);
[[nodiscard]] Result<Attempt> read_attempt(std::string_view text, std::string_view file_name);

[[nodiscard]] std::string task_text(const TaskRecord& task);
[[nodiscard]] Result<TaskRecord> read_task(std::string_view text, std::string_view file_name);

[[nodiscard]] std::string node_text(const NodeKind& node);
[[nodiscard]] Result<NodeKind> read_node(std::string_view text, std::string_view file_name);

}  // namespace pulsebench::fleet

namespace pulsebench {

template <>
inline constexpr std::array<Named<fleet::TaskState>, 4> kNames<fleet::TaskState>{
    {{fleet::TaskState::measured, "measured"},
     {fleet::TaskState::wrong_kind, "wrong_kind"},
     {fleet::TaskState::failed, "failed"},
     {fleet::TaskState::interrupted, "interrupted"}}};

}  // namespace pulsebench
