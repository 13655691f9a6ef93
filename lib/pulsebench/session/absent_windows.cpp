#include "pulsebench/session/affected.hpp"
#include "pulsebench/session/load_workloads.hpp"
#include "pulsebench/session/project_build.hpp"
#include "pulsebench/session/sides.hpp"
#include "pulsebench/vocabulary/printable.hpp"

// What is asked for, and is not ported to Windows: docs/platforms.md.
namespace pulsebench::session {
namespace {

Failure absent(const std::string& what) {
  return fail(ErrorCode::bad_input, what + " on Windows so far; see docs/platforms.md");
}

}  // namespace

Result<Affected> keep_affected(Matched&, const BothSides&, const PairedPlan&, const Session&) {
  return absent("--affected does not work");
}

Result<std::vector<run::Suite>> load_suites(const config::WorkloadEntry&, const std::string& name,
                                            const Values&, const WorkloadPlace&,
                                            const config::Config&) {
  return absent("workload '" + printable(name) + "': servers are not measured");
}

Result<double> build_project(const Session&) { return absent("projects are not built"); }

Result<RevisionBuild> build_revision(const std::string& revision, const Session&) {
  return absent("revision '" + printable(revision) + "': revisions are not built");
}

Result<RevisionBuild> build_commit(const std::string& name, const std::string&, const Session&) {
  return absent("'" + printable(name) + "': revisions are not built");
}

}  // namespace pulsebench::session
