#include "pulsebench/fleet/run_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include <fmt/format.h>

#include "pulsebench/baseline/runs.hpp"
#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace fs = std::filesystem;

namespace {

constexpr mode_t kOwnersFolder = 0700;
constexpr mode_t kExecutable = 0700;
constexpr std::size_t kLargestPlan = std::size_t{512} << 20U;
constexpr std::size_t kLargestResult = std::size_t{8} << 20U;
constexpr std::size_t kLargestRecord = std::size_t{1} << 20U;
constexpr const char* kPlan = "plan.json";
constexpr const char* kUnmeasured = "unmeasured.json";
constexpr const char* kJobs = "jobs.json";
constexpr const char* kResults = "results";
constexpr const char* kAttempts = "attempts";
constexpr const char* kTasks = "tasks";

std::string numbered(std::size_t number) { return fmt::format("{:06}", number); }
fs::path result_file(std::size_t benchmark) {
  return fs::path{kResults} / (numbered(benchmark) + ".json");
}
fs::path task_file(std::size_t shard) { return fs::path{kTasks} / (numbered(shard) + ".json"); }
fs::path attempt_file(std::size_t benchmark, const Life& life) {
  return fs::path{kAttempts} /
         fmt::format("{}.{}-{}.json", numbered(benchmark), life.job, life.restarts);
}

/// The number that a file's name begins with, before a dot.
std::optional<std::size_t> number_of_file(const std::string& name) {
  std::size_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [behind, error] = std::from_chars(name.data(), end, number);
  if (error != std::errc{} || behind == end || *behind != '.') return std::nullopt;
  return number;
}

Failure not_ours(const fs::path& folder, const char* why) {
  return fail(ErrorCode::bad_input,
              fmt::format("{} {}, so nothing in it is started; submit the run again",
                          printable(folder.string()), why));
}

/// Makes sure that no other user can have put anything into the folder.
Result<void> check_own(const fs::path& folder) {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0) return os::io_failure("read", folder, errno);
  if (!S_ISDIR(status.st_mode)) return not_ours(folder, "is not a folder");
  if (status.st_uid != ::geteuid()) return not_ours(folder, "belongs to another user");
  if ((status.st_mode & 022U) != 0) return not_ours(folder, "can be written by others");
  return {};
}

/// Nothing where there is no such file.
Result<std::optional<std::string>> read_if_there(const os::GuardedFolder& files,
                                                 const fs::path& file) {
  auto text = files.read(file, 0, kLargestRecord);
  if (text) return std::optional{*std::move(text)};
  if (text.error().code == ErrorCode::not_found) return std::nullopt;
  return Failure{text.error()};
}

/// Nothing where there is no such folder.
Result<std::vector<os::FileFacts>> list_if_there(const os::GuardedFolder& files,
                                                 const fs::path& folder) {
  auto entries = files.list(folder);
  if (!entries && entries.error().code == ErrorCode::not_found) {
    return std::vector<os::FileFacts>{};
  }
  return entries;
}

}  // namespace

Result<RunFolder> RunFolder::make(const fs::path& folder) {
  if (const int error = os::make_folders(folder.parent_path()); error != 0) {
    return os::io_failure("make", folder.parent_path(), error);
  }
  if (::mkdir(folder.c_str(), kOwnersFolder) != 0) return os::io_failure("make", folder, errno);
  RunFolder made{folder};
  for (const char* below : {"bin", "logs", "nodes", kResults, kAttempts, kTasks}) {
    PB_CHECK(made.files_.make_folder(below));
  }
  return made;
}

Result<RunFolder> RunFolder::open(const fs::path& folder) {
  PB_CHECK(check_own(folder));
  return RunFolder{folder};
}

Result<Plan> RunFolder::plan() const {
  PB_TRY(const std::string text, files_.read(kPlan, 0, kLargestPlan));
  return read_plan(text, (path() / kPlan).string());
}

Result<compare::Comparison> RunFolder::unmeasured() const {
  PB_TRY(const std::string text, files_.read(kUnmeasured, 0, kLargestPlan));
  PB_TRY(auto stored, report::read_comparison(text, (path() / kUnmeasured).string()));
  return std::move(stored.comparison);
}

Result<std::string> RunFolder::keep_program(const fs::path& file) const {
  PB_TRY(const std::string content, os::read_file(file));
  const std::string sha256 = os::sha256_of(content);
  const fs::path kept = fs::path{"bin"} / sha256;
  if (files_.facts(kept)) return sha256;
  PB_CHECK(files_.write(kept, content, kExecutable));
  return sha256;
}

Result<std::string> RunFolder::keep_this_program() const {
  PB_TRY(const fs::path self, os::this_executable());
  return keep_program(self);
}

Result<void> RunFolder::fetch_program(const std::string& sha256, const fs::path& target) const {
  const fs::path kept = fs::path{"bin"} / sha256;
  PB_TRY(const std::string content, files_.read(kept));
  if (os::sha256_of(content) != sha256) {
    return fail(ErrorCode::bad_input, printable((path() / kept).string()) +
                                          " is not what its name says; submit the run again");
  }
  return os::write_whole(target, content, kExecutable);
}

Result<Jobs> RunFolder::jobs() const {
  PB_TRY(const auto text, read_if_there(files_, kJobs));
  return text ? read_jobs(*text, (path() / kJobs).string()) : Jobs{};
}

Result<void> RunFolder::add_job(const std::string& id) const {
  PB_TRY(Jobs jobs, this->jobs());
  jobs.ids.push_back(id);
  return files_.write(kJobs, jobs_text(jobs));
}

Result<std::set<std::size_t>> RunFolder::measured() const {
  PB_TRY(const auto entries, list_if_there(files_, kResults));
  std::set<std::size_t> found;
  for (const os::FileFacts& entry : entries) {
    if (os::is_temporary_name(entry.name)) continue;
    if (const auto number = number_of_file(entry.name)) found.insert(*number);
  }
  return found;
}

Result<report::StoredComparison> RunFolder::result(std::size_t benchmark) const {
  const fs::path file = result_file(benchmark);
  PB_TRY(const std::string text, files_.read(file, 0, kLargestResult));
  return report::read_comparison(text, (path() / file).string());
}

Result<void> RunFolder::write_result(std::size_t benchmark, const compare::Comparison& comparison,
                                     int exit_code) const {
  return files_.write(result_file(benchmark), report::comparison_json(comparison, exit_code));
}

Result<std::map<std::size_t, std::vector<std::string>>> RunFolder::attempts() const {
  PB_TRY(const auto entries, list_if_there(files_, kAttempts));
  std::map<std::size_t, std::vector<std::string>> found;
  for (const os::FileFacts& entry : entries) {
    const auto number = number_of_file(entry.name);
    if (!number || os::is_temporary_name(entry.name)) continue;
    const fs::path file = fs::path{kAttempts} / entry.name;
    PB_TRY(const auto text, read_if_there(files_, file));
    if (!text) continue;  // it is at its end since
    PB_TRY(auto attempt, read_attempt(*text, (path() / file).string()));
    found[*number].push_back(std::move(attempt.node));
  }
  return found;
}

Result<void> RunFolder::begin_attempt(std::size_t benchmark, const Life& life,
                                      const Attempt& attempt) const {
  return files_.write(attempt_file(benchmark, life), attempt_text(attempt));
}

void RunFolder::end_attempt(std::size_t benchmark, const Life& life) const {
  [[maybe_unused]] const auto removed = files_.remove(attempt_file(benchmark, life));
}

Result<void> RunFolder::forget_attempts() const {
  PB_TRY(const auto entries, list_if_there(files_, kAttempts));
  for (const os::FileFacts& entry : entries) {
    if (number_of_file(entry.name)) PB_CHECK(files_.remove(fs::path{kAttempts} / entry.name));
  }
  return {};
}

Result<void> RunFolder::write_task(std::size_t shard, const TaskRecord& record) const {
  return files_.write(task_file(shard), task_text(record));
}

Result<std::optional<TaskRecord>> RunFolder::task(std::size_t shard) const {
  PB_TRY(const auto text, read_if_there(files_, task_file(shard)));
  if (!text) return std::nullopt;
  PB_TRY(auto record, read_task(*text, (path() / task_file(shard)).string()));
  return std::optional{std::move(record)};
}

Result<std::vector<std::string>> runs_in(const fs::path& spool) {
  PB_TRY(const auto entries, list_if_there(os::GuardedFolder{spool}, {}));
  std::vector<std::string> ids;
  for (const os::FileFacts& entry : entries) {
    if (entry.is_folder && baseline::is_run_id(entry.name)) ids.push_back(entry.name);
  }
  std::ranges::reverse(ids);
  return ids;
}

Result<RunFolder> find_run(const fs::path& spool, const std::string& name) {
  const std::string where = printable(spool.string());
  if (name != "last") {
    if (!baseline::is_run_id(name)) {
      return fail(ErrorCode::bad_input, "'" + printable(name) +
                                            "' is not the id of a run, as fleet submit prints it, "
                                            "nor last");
    }
    auto run = RunFolder::open(spool / name);
    if (run || run.error().code != ErrorCode::not_found) return run;
    return fail(ErrorCode::not_found,
                "no run '" + name + "' in " + where + "; name its folder with --spool");
  }
  PB_TRY(const auto ids, runs_in(spool));
  for (const std::string& id : ids) {
    auto run = RunFolder::open(spool / id);
    if (run && run->files().facts(kPlan)) return run;
  }
  return fail(ErrorCode::not_found,
              "no run in " + where + "; begin one with pulsebench fleet submit OLD NEW");
}

}  // namespace pulsebench::fleet
