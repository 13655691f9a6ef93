#include "pulsebench/session/side_binaries.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace {

std::optional<run::Source> source_in(const run::Suite& suite, const BenchmarkId& id) {
  for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
    if (suite.benchmarks[i].id != id) continue;
    run::Source source = run::source_of(suite, i);
    if (source.native_name.empty()) source.native_name = id.text();
    return source;
  }
  return std::nullopt;
}

}  // namespace

ResultsById by_id(const baseline::Document& document) {
  ResultsById results;
  for (const auto& result : document.benchmarks) results.emplace(result.info.id, &result);
  return results;
}

Result<run::Source> SideBinaries::source_of(const baseline::Document& document,
                                            const baseline::BenchmarkResult& benchmark,
                                            const BenchmarkId& id) {
  Error why{ErrorCode::not_found, "its result does not say which binary it was"};
  for (const SuiteBuild& build : document.suites) {
    if (build.name != benchmark.suite) continue;
    const Result<run::Suite>& suite = suite_of(build.sha256);
    if (!suite) {
      why = suite.error();
      continue;
    }
    if (auto source = source_in(*suite, id)) {
      source->inject_percent = benchmark.injected_percent.value_or(0.0);
      return *std::move(source);
    }
  }
  return fail(why.code, fmt::format("suite '{}': {}", printable(benchmark.suite, 60), why.message));
}

const Result<run::Suite>& SideBinaries::suite_of(const std::string& sha256) {
  const auto known = opened_.find(sha256);
  if (known != opened_.end()) return known->second;
  const auto open = [&](const run::Program& program) -> Result<run::Suite> {
    PB_TRY(auto suites, session_.open_suites({program}));
    return std::move(suites.front());
  };
  return opened_.emplace(sha256, locate(sha256).and_then(open)).first->second;
}

Result<run::Program> SideBinaries::locate(const std::string& sha256) {
  auto kept = kept_.find(sha256);
  if (kept) {
    const KeptBinary& binary = in_use_.emplace_back(*std::move(kept));
    return run::Program{.executable = binary.file, .options = binary.options};
  }
  if (kept.error().code != ErrorCode::not_found) return Failure{kept.error()};
  for (const auto& executable : run::executables_in(session_.environment.built_suites)) {
    if (os::sha256_of_file(executable).value_or("") == sha256) {
      return run::Program{.executable = executable};
    }
  }
  return Failure{kept.error()};
}

}  // namespace pulsebench::session
