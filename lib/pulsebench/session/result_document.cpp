#include "pulsebench/session/result_document.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <csignal>

#include "pulsebench/baseline/summarize.hpp"
#include "pulsebench/os/sha256.hpp"

namespace pulsebench::session {
namespace {

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// Sortable by time; the seed keeps two runs of one second apart.
std::string run_id(const RunFacts& facts) {
  const auto time = fmt::gmtime(std::chrono::system_clock::to_time_t(facts.started));
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{:06x}", time, facts.seed & 0xFFFFFFU);
}

std::string because(const run::Measurement& measurement) {
  if (measurement.interrupted_by == 0) return {};
  return fmt::format("interrupted by SIG{}", sigabbrev_np(measurement.interrupted_by));
}

double seconds_in_visits(const std::vector<Measured>& raw) {
  double seconds = 0.0;
  for (const auto& measured : raw) {
    for (const Visit& visit : measured.visits) seconds += visit.seconds;
  }
  return seconds;
}

}  // namespace

baseline::Document document_of(const run::Measurement& measurement, const RunFacts& facts) {
  const std::vector<Measured>& raw = measurement.sides.front();
  baseline::Document document;
  document.tool_version = facts.tool_version;
  document.run_id = run_id(facts);
  document.started = utc(facts.started);
  document.ended = utc(facts.ended);
  document.reason = facts.reason;
  document.complete = measurement.interrupted_by == 0;
  document.incomplete_because = because(measurement);
  document.seed = facts.seed;
  document.preset = facts.preset;
  document.like = facts.like;
  document.command_line = facts.command_line;
  document.git = facts.git;
  document.suites = facts.suites;
  document.machine = facts.machine;
  document.state = facts.state;
  document.time = {.total = std::chrono::duration<double>(facts.ended - facts.started).count(),
                   .measuring = measurement.seconds,
                   .in_visits = seconds_in_visits(raw)};
  for (const auto& measured : raw) document.benchmarks.push_back(baseline::summarize(measured));
  return document;
}

std::vector<SuiteBuild> builds_of(const std::vector<run::Suite>& suites) {
  std::vector<SuiteBuild> builds;
  for (const run::Suite& suite : suites) {
    const auto sum = os::sha256_of_file(suite.executable);
    builds.push_back({.name = suite.name,
                      .sha256 = sum ? *sum : "unknown: " + sum.error().message,
                      .facts = suite.build});
  }
  return builds;
}

}  // namespace pulsebench::session
