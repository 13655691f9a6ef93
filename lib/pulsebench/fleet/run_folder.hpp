#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pulsebench/fleet/plan.hpp"
#include "pulsebench/fleet/records.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::fleet {

/// One life of a task: the job and how often Slurm has started it again.
struct Life {
  std::string job;  ///< digits
  int restarts = 0;
};

/// The folder of one run, which all nodes share:
///
///   plan.json        what to measure, and where
///   unmeasured.json  the comparison before anything was measured
///   project.json     the configuration of the project, where it has one
///   bin/SHA256       pulsebench, and the programs of both sides
///   task.sh          what a task runs
///   jobs.json        the jobs of Slurm
///   results/N.json   what `ab` says of benchmark N
///   attempts/N.…     who measures benchmark N
///   tasks/N.json     how task N ended
///   nodes/NAME.json  which kind of machine a node is
///   logs/            what the tasks print
///   collected.json   the whole comparison
///
/// It belongs to one user, and no other can write to it: what lies in it is started.
class RunFolder {
 public:
  /// Makes an empty one, which only its owner may enter. `io` where it is there already.
  [[nodiscard]] static Result<RunFolder> make(const std::filesystem::path& folder);

  /// `not_found` where there is none, `bad_input` where it is a link, another user's, or others may
  /// write to it.
  [[nodiscard]] static Result<RunFolder> open(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return files_.path(); }
  [[nodiscard]] const os::GuardedFolder& files() const { return files_; }

  [[nodiscard]] Result<Plan> plan() const;
  [[nodiscard]] Result<compare::Comparison> unmeasured() const;

  /// Copies a file to `bin` under the SHA-256 of its content, which is returned.
  [[nodiscard]] Result<std::string> keep_program(const std::filesystem::path& file) const;

  /// The same of the running program.
  [[nodiscard]] Result<std::string> keep_this_program() const;

  /// Copies the program of that SHA-256 to `target`, a folder of this machine, and checks it.
  [[nodiscard]] Result<void> fetch_program(const std::string& sha256,
                                           const std::filesystem::path& target) const;

  [[nodiscard]] Result<Jobs> jobs() const;  ///< none where there is no list
  [[nodiscard]] Result<void> add_job(const std::string& id) const;

  /// The benchmarks that have a result, whatever is in it.
  [[nodiscard]] Result<std::set<std::size_t>> measured() const;
  [[nodiscard]] Result<report::StoredComparison> result(std::size_t benchmark) const;
  [[nodiscard]] Result<void> write_result(std::size_t benchmark,
                                          const compare::Comparison& comparison,
                                          int exit_code) const;

  /// The nodes that began to measure each benchmark, and did not finish.
  [[nodiscard]] Result<std::map<std::size_t, std::vector<std::string>>> attempts() const;
  [[nodiscard]] Result<void> begin_attempt(std::size_t benchmark, const Life& life,
                                           const Attempt& attempt) const;
  /// It is done, or was not begun by a fault of the benchmark.
  void end_attempt(std::size_t benchmark, const Life& life) const;
  /// Forgets all, for benchmarks that are to be tried again.
  [[nodiscard]] Result<void> forget_attempts() const;

  [[nodiscard]] Result<void> write_task(std::size_t shard, const TaskRecord& record) const;
  /// Nothing where the task has not ended.
  [[nodiscard]] Result<std::optional<TaskRecord>> task(std::size_t shard) const;

 private:
  explicit RunFolder(const std::filesystem::path& folder) : files_(folder, "staging") {}

  os::GuardedFolder files_;
};

/// The run that `name` means in the spool folder: its id, or `last`, the newest that was submitted.
/// `not_found`, with what to do, where there is none.
[[nodiscard]] Result<RunFolder> find_run(const std::filesystem::path& spool,
                                         const std::string& name);

/// The ids of all runs in the spool folder, the newest first. None where there is no such folder.
[[nodiscard]] Result<std::vector<std::string>> runs_in(const std::filesystem::path& spool);

}  // namespace pulsebench::fleet
