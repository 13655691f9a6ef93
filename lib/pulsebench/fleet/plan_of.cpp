#include "pulsebench/fleet/plan_of.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/run/engine.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::fleet {
namespace fs = std::filesystem;

namespace {

using compare::Judged;
using compare::ReasonCode;

Judged unsent(const run::Subject& subject) {
  return {.info = subject.info,
          .reasons = {{.code = ReasonCode::side_failed,
                       .texts = {"a workload is not sent to a fleet; measure it here with "
                                 "pulsebench ab"}}}};
}

PlannedProgram program_of(const run::Source& side, std::string sha256) {
  return {.sha256 = std::move(sha256),
          .name = side.executable.filename().string(),
          .options = side.options};
}

/// The programs of a plan, each once.
class Programs {
 public:
  explicit Programs(const RunFolder& folder) : folder_(folder) {}

  Result<std::size_t> add(const run::Source& side) {
    auto known = sums_.find(side.executable);
    if (known == sums_.end()) {
      PB_TRY(auto sha256, folder_.keep_program(side.executable));
      known = sums_.emplace(side.executable, std::move(sha256)).first;
    }
    const PlannedProgram program = program_of(side, known->second);
    const auto found = std::ranges::find(programs_, program);
    if (found != programs_.end()) return static_cast<std::size_t>(found - programs_.begin());
    programs_.push_back(program);
    return programs_.size() - 1;
  }

  [[nodiscard]] std::vector<PlannedProgram> take() { return std::move(programs_); }

 private:
  const RunFolder& folder_;
  std::map<fs::path, std::string> sums_;
  std::vector<PlannedProgram> programs_;
};

/// What the program itself calls the benchmark.
std::string name_in_program(const run::Source& side, const BenchmarkId& id) {
  return side.native_name.empty() ? id.text() : side.native_name;
}

}  // namespace

Result<Sendable> sendable_of(const session::Session& session, const session::AbRequest& request) {
  PB_TRY(auto plan, session::plan_ab(session, request));
  Sendable sendable{.ab = std::move(plan), .unmeasured = {}};
  sendable.unmeasured = session::before_measuring(request, sendable.ab);
  const auto& all = sendable.ab.matched.subjects;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].sides.front().driver == run::Driver::report) {
      sendable.unmeasured.benchmarks.push_back(unsent(all[i]));
      ++sendable.unsent;
    } else {
      sendable.subjects.push_back(i);
    }
  }
  if (sendable.subjects.empty()) {
    return fail(ErrorCode::nothing_measured,
                "a fleet measures suites, and only workloads are selected; measure them here with "
                "pulsebench ab");
  }
  const std::size_t sent = sendable.subjects.size();
  sendable.unmeasured.judged = std::max(request.paired.family.value_or(0), static_cast<int>(sent));
  sendable.unmeasured.visit_share = 0.0;  // as `ab` has it; of what is measured
  return sendable;
}

Result<Plan> plan_of(const Sendable& sendable, const session::AbRequest& request,
                     const RunFolder& folder) {
  Plan plan;
  PB_TRY(plan.tool, folder.keep_this_program());
  plan.family = sendable.unmeasured.judged;
  plan.family_alpha = request.paired.family_alpha;
  plan.seed = sendable.ab.paired.seed;
  plan.max_blocks = request.paired.max_blocks;
  plan.no_tune = request.paired.no_tune;
  plan.gates = request.gates;
  plan.base_commit = sendable.ab.sides.old_side.commit;
  Programs programs{folder};
  const session::Matched& matched = sendable.ab.matched;
  for (const std::size_t i : sendable.subjects) {
    const run::Subject& subject = matched.subjects[i];
    const run::Source &before = subject.sides[0], &now = subject.sides[1];
    PB_TRY(const std::size_t old_program, programs.add(before));
    PB_TRY(const std::size_t new_program, programs.add(now));
    const auto renamed = matched.old_ids.find(subject.info.id);
    const BenchmarkId& old_id =
        renamed == matched.old_ids.end() ? subject.info.id : renamed->second;
    plan.benchmarks.push_back(
        {.id = subject.info.id,
         .base_id = renamed == matched.old_ids.end() ? "" : renamed->second.text(),
         .version = subject.info.version,
         .tier = subject.info.tier,
         .tier_declared = subject.info.tier_declared,
         .old_side = {.program = old_program, .name = name_in_program(before, old_id)},
         .new_side = {.program = new_program, .name = name_in_program(now, subject.info.id)},
         .inject_percent = now.inject_percent});
  }
  plan.programs = programs.take();
  return plan;
}

Result<void> write_plan(const Plan& plan, const Sendable& sendable,
                        const session::Workspace& workspace, const RunFolder& folder) {
  const os::GuardedFolder& files = folder.files();
  PB_CHECK(files.write("plan.json", plan_text(plan)));
  PB_CHECK(
      files.write("unmeasured.json", report::comparison_json(sendable.unmeasured, kNotMeasured)));
  if (workspace.config.file.empty()) return {};
  PB_TRY(const std::string text, os::GuardedFolder{workspace.root}.read(workspace.config.file));
  return files.write("project.json", text);
}

}  // namespace pulsebench::fleet
