#include "pulsebench/fleet/slurm.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <utility>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/run_process.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace {

constexpr std::chrono::seconds kPatience{60};  // a controller under load answers late

Result<os::CommandOutput> ask(std::vector<std::string> words) {
  // The messages that are looked for below are English.
  return os::run_process(
      {.argv = std::move(words), .environment = {"LC_ALL=C"}, .limit = kPatience});
}

/// "sbatch: error: Batch job submission failed: Invalid feature specification" without its begin.
std::string words_of(const os::CommandOutput& output) {
  std::string last;
  for (const std::string& line : split(output.errors, '\n')) {
    if (!line.empty()) last = line;
  }
  const std::size_t error = last.find("error: ");
  return printable(error == std::string::npos ? last : last.substr(error + 7), 300);
}

Failure refused(const char* program, const os::CommandOutput& output,
                ErrorCode code = ErrorCode::io) {
  return fail(code, fmt::format("{} failed: {}", program, words_of(output)));
}

}  // namespace

Result<Slurm> Slurm::find() {
  for (const char* program : {"sbatch", "squeue", "scontrol"}) {
    if (!os::find_program(program).empty()) continue;
    return fail(ErrorCode::not_found,
                fmt::format("'{}' is not on PATH, and a fleet is run by Slurm; install "
                            "slurm-client, or measure here with pulsebench ab",
                            program));
  }
  return Slurm{};
}

Result<std::vector<ClusterNode>> Slurm::nodes() const {
  PB_TRY(const auto output, ask({"scontrol", "--oneliner", "show", "node"}));
  if (output.exit_code != 0) return refused("scontrol show node", output);
  return read_nodes(output.text);
}

Result<std::size_t> Slurm::most_tasks() const {
  PB_TRY(const auto output, ask({"scontrol", "show", "config"}));
  if (output.exit_code != 0) return refused("scontrol show config", output);
  const auto size = max_array_size(output.text);
  if (size && *size > 1) return *size - 1;
  return fail(ErrorCode::io,
              "scontrol show config does not say MaxArraySize, without which no "
              "array of tasks can be made");
}

Result<std::string> Slurm::submit(const BatchRequest& request, const std::string& script) const {
  PB_TRY(const auto output, ask(batch_words(request, script)));
  if (output.exit_code == 0) return read_job_id(output.text);
  if (!request.constraint.empty() && output.errors.find("feature") != std::string::npos) {
    return fail(ErrorCode::bad_input,
                fmt::format("no node can be had with the feature '{}' (sbatch: {}); pulsebench "
                            "fleet kinds prints the features for slurm.conf",
                            printable(request.constraint, 100), words_of(output)));
  }
  return refused("sbatch", output, ErrorCode::bad_input);
}

Result<std::vector<QueuedTask>> Slurm::queue(const Jobs& jobs) const {
  if (jobs.ids.empty()) return std::vector<QueuedTask>{};
  PB_TRY(const auto output,
         ask({"squeue", "--noheader", "--array", fmt::format("--jobs={}", fmt::join(jobs.ids, ",")),
              fmt::format("--format={}", kQueueFormat)}));
  if (output.exit_code == 0) return read_queue(output.text);
  // It knows none of them any more.
  if (output.errors.find("Invalid job id") != std::string::npos) return std::vector<QueuedTask>{};
  return refused("squeue", output);
}

Result<void> Slurm::cancel(const Jobs& jobs) const {
  for (const std::string& id : jobs.ids) {
    PB_TRY(const auto output, ask({"scancel", id}));
    if (output.exit_code != 0) return refused("scancel", output);
  }
  return {};
}

}  // namespace pulsebench::fleet
