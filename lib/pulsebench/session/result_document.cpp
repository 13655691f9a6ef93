#include "pulsebench/session/result_document.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <csignal>

#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/machine/git.hpp"
#include "pulsebench/os/sha256.hpp"

namespace pulsebench::session {
namespace {

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// Sortable by time; the seed keeps two runs of one second apart.
std::string run_id(const PreparedRun& prepared) {
  const auto time = fmt::gmtime(std::chrono::system_clock::to_time_t(prepared.started));
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{:06x}", time, prepared.seed & 0xFFFFFFU);
}

double seconds_in_visits(const std::vector<Measured>& raw) {
  double seconds = 0.0;
  for (const auto& measured : raw) {
    for (const Visit& visit : measured.visits) seconds += visit.seconds;
  }
  return seconds;
}

/// What was asked of the suites' processes, and what they reached.
StateFact reached(const char* name, const char* asked, const std::string& got,
                  const std::string& reason) {
  return {.name = name, .requested = asked, .before = got, .after = got, .reason = reason};
}

}  // namespace

baseline::Document begin_document(const PreparedRun& prepared, const RunRequest& request,
                                  const Session& session) {
  baseline::Document document;
  document.tool_version = request.tool_version;
  document.run_id = run_id(prepared);
  document.started = utc(prepared.started);
  document.reason = request.reason;
  document.seed = prepared.seed;
  document.preset = prepared.preset;
  document.like = prepared.like;
  document.command_line = request.command_line;
  document.git = machine::read_git(session.workspace.root);
  document.machine = prepared.machine;
  for (const run::Suite& suite : prepared.suites) {
    const auto sum = os::sha256_of_file(suite.executable);
    document.suites.push_back({.name = suite.name,
                               .sha256 = sum ? *sum : "unknown: " + sum.error().message,
                               .facts = suite.build});
  }
  return document;
}

void complete_document(baseline::Document& document, const PreparedRun& prepared,
                       const run::Measurement& measurement, std::vector<StateFact> state) {
  const auto ended = std::chrono::system_clock::now();
  const std::vector<Measured>& raw = measurement.sides.front();
  document.ended = utc(ended);
  document.complete = measurement.interrupted_by == 0;
  if (!document.complete) {
    document.incomplete_because =
        fmt::format("interrupted by SIG{}", sigabbrev_np(measurement.interrupted_by));
  }
  document.state = std::move(state);
  const bool fixed = measurement.aslr_off;
  document.state.push_back(
      reached("aslr_in_suites", "off", fixed ? "off" : "on",
              fixed ? "" : "personality(ADDR_NO_RANDOMIZE) was refused; results spread more"));
  if (const auto& unlocked = measurement.memory_unlocked) {
    document.state.push_back(
        reached("memory_locked", "all", unlocked->empty() ? "all" : "not all", *unlocked));
  }
  document.time = {.total = std::chrono::duration<double>(ended - prepared.started).count(),
                   .measuring = measurement.seconds,
                   .in_visits = seconds_in_visits(raw)};
  for (const auto& measured : raw) document.benchmarks.push_back(baseline::summarize(measured));
}

}  // namespace pulsebench::session
