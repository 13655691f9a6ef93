#include "result_document.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <csignal>

#include "pulsebench/os/sha256.hpp"
#include "version.hpp"

namespace pulsebench::app {
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

double seconds_in_visits(const std::vector<baseline::Measured>& raw) {
  double seconds = 0.0;
  for (const auto& measured : raw) {
    for (const Visit& visit : measured.visits) seconds += visit.seconds;
  }
  return seconds;
}

}  // namespace

std::vector<baseline::Measured> raw_of(const std::vector<run::Subject>& subjects,
                                       const run::Measurement& measurement,
                                       const config::Targets& targets) {
  std::vector<baseline::Measured> raw;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const run::Subject& subject = subjects[i];
    const run::Measured& measured = measurement.sides.front()[i];
    baseline::Measured one{.info = subject.info,
                           .suite = subject.suite,
                           .outcome = measured.outcome,
                           .batching = measured.batching,
                           .launches_asked = subject.launches,
                           .visits = measured.visits,
                           .target = std::nullopt,
                           .injected_percent = std::nullopt,
                           .exact = measured.exact,
                           .allocations = measured.allocations};
    const auto target = targets.find(subject.info.id.text());
    if (target != targets.end()) {
      one.target = target->second.cost;
      one.max_allocations = target->second.allocations;
    }
    one.oversubscribed = measurement.thread_cpus > 0 &&
                         static_cast<std::size_t>(subject.info.threads) > measurement.thread_cpus;
    const double injected = subject.sides.front().inject_percent;
    if (injected > 0.0) one.injected_percent = injected;
    raw.push_back(std::move(one));
  }
  return raw;
}

baseline::Document document_of(const std::vector<baseline::Measured>& raw,
                               const run::Measurement& measurement, const RunFacts& facts) {
  baseline::Document document;
  document.tool_version = kVersion;
  document.run_id = run_id(facts);
  document.started = utc(facts.started);
  document.ended = utc(facts.ended);
  document.reason = facts.reason;
  document.complete = measurement.interrupted_by == 0;
  document.incomplete_because = because(measurement);
  document.seed = facts.seed;
  document.preset = facts.preset;
  document.like = facts.like;
  document.command_line = facts.words;
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

}  // namespace pulsebench::app
