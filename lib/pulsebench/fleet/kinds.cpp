#include "pulsebench/fleet/kinds.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/fleet/slurm.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/interrupt.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace fs = std::filesystem;

namespace {

constexpr const char* kNodes = "nodes";
constexpr const char* kNodeScript = "node.sh";
constexpr std::chrono::milliseconds kPause{500};

/// The answers that are there.
Result<std::map<std::string, NodeKind>> answers_in(const RunFolder& folder) {
  PB_TRY(const auto entries, folder.files().list(kNodes));
  std::map<std::string, NodeKind> answers;
  for (const os::FileFacts& entry : entries) {
    const fs::path file = fs::path{kNodes} / entry.name;
    if (file.extension() != ".json") continue;
    PB_TRY(const std::string text, folder.files().read(file));
    PB_TRY(auto node, read_node(text, file.string()));
    std::string name = node.node;
    answers.emplace(std::move(name), std::move(node));
  }
  return answers;
}

/// Jobs that end with this object.
class Asking {
 public:
  Asking(const Slurm& slurm, const KindsRequest& request, const RunFolder& folder)
      : slurm_(slurm), request_(request), folder_(folder) {}
  ~Asking() {
    if (const auto open = slurm_.queue(jobs_); !open || !open->empty()) {
      [[maybe_unused]] const auto cancelled = slurm_.cancel(jobs_);
    }
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  Result<void> ask(const std::string& node) {
    PB_TRY(auto job, slurm_.submit({.run_folder = folder_.path().string(),
                                    .partition = request_.partition,
                                    .node = node,
                                    .options = request_.options},
                                   (folder_.path() / kNodeScript).string()));
    jobs_.ids.push_back(std::move(job));
    return {};
  }

  /// Until all have answered or the patience ends.
  Result<std::map<std::string, NodeKind>> wait() const {
    const run::Interrupt interrupt;
    const auto begin = std::chrono::steady_clock::now();
    for (;;) {
      PB_TRY(auto answers, answers_in(folder_));
      const bool is_late = std::chrono::steady_clock::now() - begin > request_.patience;
      if (answers.size() >= jobs_.ids.size() || is_late) return answers;
      if (const int signal = interrupt.wait(kPause); signal != 0) {
        return fail(error_code_of_signal(signal), "stopped waiting for the nodes");
      }
    }
  }

 private:
  const Slurm& slurm_;
  const KindsRequest& request_;
  const RunFolder& folder_;
  Jobs jobs_;
};

Result<void> write_script(const RunFolder& folder) {
  PB_TRY(const std::string tool, folder.keep_this_program());
  return folder.files().write(kNodeScript, node_script(tool));
}

}  // namespace

Result<Kinds> ask_kinds(const KindsRequest& request) {
  PB_TRY(const Slurm slurm, Slurm::find());
  PB_TRY(const auto nodes, slurm.nodes());
  if (const int error = os::make_folders(request.spool); error != 0) {
    return os::io_failure("make", request.spool, error);
  }
  PB_TRY(const auto shared, os::TemporaryFolder::make(request.spool));
  PB_TRY(const RunFolder folder, RunFolder::make(shared.path() / "kinds"));
  PB_CHECK(write_script(folder));
  Asking asking{slurm, request, folder};
  std::vector<std::string> asked;
  Kinds kinds;
  for (const ClusterNode& node : nodes) {
    if (!node.is_in(request.partition)) continue;
    if (!node.usable) {
      kinds.silent.push_back(node.name);
      continue;
    }
    PB_CHECK(asking.ask(node.name));
    asked.push_back(node.name);
  }
  PB_TRY(const auto answers, asking.wait());
  for (const std::string& name : asked) {
    const auto answer = answers.find(name);
    if (answer == answers.end()) {
      kinds.silent.push_back(name);
    } else {
      kinds.by_key[answer->second.machine_key].push_back(answer->second);
    }
  }
  return kinds;
}

Result<void> answer_kind(const fs::path& run_folder, const std::string& node,
                         const Machine& machine) {
  PB_TRY(const RunFolder folder, RunFolder::open(run_folder));
  NodeKind kind{.node = node, .machine_key = machine.key};
  for (const auto& [name, value] : machine.hashed) {
    if (name == "cpu_model") kind.cpu_model = value;
  }
  return folder.files().write(fs::path{kNodes} / (node + ".json"), node_text(kind));
}

std::vector<std::string> feature_lines(const Kinds& kinds) {
  std::vector<std::string> lines;
  for (const auto& [key, nodes] : kinds.by_key) {
    std::vector<std::string> names;
    for (const NodeKind& node : nodes) names.push_back(node.node);
    lines.push_back(fmt::format("NodeName={} Feature=key_{}", fmt::join(names, ","), key));
  }
  return lines;
}

}  // namespace pulsebench::fleet
