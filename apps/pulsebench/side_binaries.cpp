#include "side_binaries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/benchmark_id.hpp"

namespace pulsebench::app {
namespace fs = std::filesystem;

namespace {

std::optional<run::Source> source_in(const run::Suite& suite, const BenchmarkInfo& info) {
  for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
    if (suite.benchmarks[i].id == info.id) return run::source_of(suite, i);
  }
  return std::nullopt;
}

}  // namespace

SideBinaries::SideBinaries(const Workspace& workspace)
    : workspace_(workspace), kept_(workspace.store.binaries_folder()) {}

Result<run::Source> SideBinaries::source_of(const baseline::Document& document,
                                            const baseline::BenchmarkResult& benchmark,
                                            const char* side) {
  Error why{ErrorCode::not_found, "its result does not say which binary it was"};
  for (const SuiteBuild& build : document.suites) {
    if (build.name != benchmark.suite) continue;
    const Result<run::Suite>& suite = suite_of(build.sha256);
    if (!suite) {
      why = suite.error();
      continue;
    }
    if (auto source = source_in(*suite, benchmark.info)) {
      source->inject_percent = benchmark.injected_percent.value_or(0.0);
      return *std::move(source);
    }
  }
  return fail(why.code, fmt::format("the {} side's suite '{}': {}; measure that build here again, "
                                    "or compare the builds with pulsebench ab",
                                    side, printable(benchmark.suite, 60), why.message));
}

const Result<run::Suite>& SideBinaries::suite_of(const std::string& sha256) {
  const auto known = opened_.find(sha256);
  if (known != opened_.end()) return known->second;
  const auto file = locate(sha256);
  return opened_
      .emplace(sha256, file ? run::open_suite(*file, workspace_.config.sampling.launch_limit)
                            : tl::unexpected{file.error()})
      .first->second;
}

Result<fs::path> SideBinaries::locate(const std::string& sha256) {
  auto kept = kept_.find(sha256);
  if (kept || kept.error().code != ErrorCode::not_found) return kept;
  const auto current = find_suites(workspace_, {});
  if (!current) return kept;
  for (const fs::path& executable : *current) {
    if (os::sha256_of_file(executable).value_or("") == sha256) return executable;
  }
  return kept;
}

}  // namespace pulsebench::app
