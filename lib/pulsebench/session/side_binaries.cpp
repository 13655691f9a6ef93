#include "pulsebench/session/side_binaries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "pulsebench/os/sha256.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

std::optional<run::Source> source_in(const run::Suite& suite, const BenchmarkInfo& info) {
  for (std::size_t i = 0; i < suite.benchmarks.size(); ++i) {
    if (suite.benchmarks[i].id == info.id) return run::source_of(suite, i);
  }
  return std::nullopt;
}

}  // namespace

SideBinaries::SideBinaries(const Session& session)
    : session_(session), kept_(session.workspace.store.binaries_folder()) {}

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
  const auto open = [&](const fs::path& file) -> Result<run::Suite> {
    PB_TRY(auto suites, session_.open_suites({file}));
    return std::move(suites.front());
  };
  return opened_.emplace(sha256, locate(sha256).and_then(open)).first->second;
}

Result<fs::path> SideBinaries::locate(const std::string& sha256) {
  auto kept = kept_.find(sha256);
  if (kept || kept.error().code != ErrorCode::not_found) return kept;
  const auto current = session_.find_suites({});
  if (!current) return kept;
  for (const fs::path& executable : *current) {
    if (os::sha256_of_file(executable).value_or("") == sha256) return executable;
  }
  return kept;
}

}  // namespace pulsebench::session
