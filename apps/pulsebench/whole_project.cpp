#include "whole_project.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "pulsebench/machine/fingerprint.hpp"
#include "pulsebench/os/seconds_since.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/session/project_build.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

constexpr const char* kMain = "main";
constexpr std::size_t kLongestPartName = 60;

/// "AMD EPYC 9634, 1 sockets, 1 cores, 2 threads".
std::string described(const Machine& machine) {
  std::string text;
  for (const char* fact : {"cpu_model", "topology"}) {
    for (const auto& [name, value] : machine.hashed) {
      if (name == fact) text += (text.empty() ? "" : ", ") + value;
    }
  }
  return text;
}

}  // namespace

Result<void> WholeProject::begin(const session::Session& session, bool only_planned,
                                 session::RunRequest& request, ComparedRun& comparison,
                                 const Console& console) {
  if (!request.executables.empty() || request.command) {
    return fail(ErrorCode::bad_input,
                "--all measures the project, and not the programs of --exe or --command");
  }
  const Machine machine = machine::fingerprint(session.environment.machine);
  console.note("machine: " + printable(described(machine), 200));
  if (!only_planned) {
    PB_TRY(const double seconds, session::build_project(session));
    if (seconds > 0.0) {
      console.note(fmt::format("built in {:.1f} s", seconds));
      parts_.emplace_back("build", seconds);
    }
  }
  auto main = session.workspace.store.load(kMain, baseline::Detail::envelope);
  if (main && main->machine.key == machine.key) {
    if (request.save != kMain) comparison.compare_with(kMain, *std::move(main));
  } else if (!main && main.error().code != ErrorCode::not_found) {
    return Failure{main.error()};
  } else if (request.save.empty() && !only_planned) {
    console.note("no baseline main of this kind of machine yet: this result becomes it");
    request.save = kMain;
  }
  return {};
}

void WholeProject::measured(const session::RunResult& result, bool compared) {
  std::ranges::copy(result.suite_seconds, std::back_inserter(parts_));
  measured_ = Clock::now();
  compared_ = compared;
}

void WholeProject::end(const Console& console) const {
  auto parts = parts_;
  if (compared_) parts.emplace_back("comparison", os::seconds_since(measured_));
  parts.emplace_back("in all", os::seconds_since(start_));
  std::size_t width = 0;
  for (auto& [name, unused] : parts) {
    name = printable(name, kLongestPartName);
    width = std::max(width, name.size());
  }
  console.note("time of each part:");
  for (const auto& [name, seconds] : parts) {
    console.note(fmt::format("  {:<{}} {:>12}", name, width, render::format_duration(seconds)));
  }
}

}  // namespace pulsebench::app
