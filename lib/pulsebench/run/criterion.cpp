#include "pulsebench/run/criterion.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/whole_run.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/criterion_sample.hpp"

namespace pulsebench::run {
namespace fs = std::filesystem;

namespace {

/// A regular expression of Rust's that matches `name` alone.
std::string only(const std::string& name) {
  std::string pattern = "^";
  for (const char c : name) {
    if (std::string_view{"\\^$.|?*+()[]{}#&-~"}.find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

/// The folder of the new result of `name`, by what its benchmark.json says.
std::optional<fs::path> result_of(const std::string& name, const fs::path& home) {
  std::error_code ignored;
  for (fs::recursive_directory_iterator entry{home, ignored}, end; entry != end;
       entry.increment(ignored)) {
    const fs::path& path = entry->path();
    if (path.filename() != "benchmark.json" || path.parent_path().filename() != "new") continue;
    const auto text = os::read_file(path);
    if (!text) continue;
    const auto id = wire::decode_criterion_id(*text);
    if (id && *id == name) return path.parent_path();
  }
  return std::nullopt;
}

}  // namespace

Listed list_criterion(const ProcessSpec& spec) {
  ProcessSpec listing = spec;
  listing.arguments.insert(listing.arguments.end(), {"--bench", "--list"});
  const auto run = run_whole(listing);
  if (!run || run->exit_code != 0) return std::nullopt;
  std::vector<NamedBenchmark> benchmarks;
  for (const std::string& name : wire::criterion_list(run->output)) {
    benchmarks.push_back({.id = name, .native_name = name});
  }
  if (benchmarks.empty()) return std::nullopt;
  return benchmarks;
}

tl::expected<Visit, ProcessFailure> criterion_visit(const ProcessSpec& spec,
                                                    const std::string& native_name) {
  const auto home = os::TemporaryFolder::make();
  if (!home) return failed(home.error().message);
  ProcessSpec launch = spec;
  launch.environment.push_back("CRITERION_HOME=" + home->path().string());
  for (const std::string& word :
       {std::string{"--bench"}, std::string{"--noplot"}, std::string{"--sample-size"},
        std::string{"10"}, std::string{"--warm-up-time"}, std::string{"0.01"},
        std::string{"--measurement-time"}, std::string{"0.1"}, std::string{"--nresamples"},
        std::string{"1000"}, only(native_name)}) {
    launch.arguments.push_back(word);
  }
  PB_TRY(const WholeRun run, run_whole(launch));
  if (run.exit_code != 0) return tl::unexpected{run.exit_failure};
  const auto folder = result_of(native_name, home->path());
  if (!folder) return failed("it saved no result below CRITERION_HOME, as Criterion.rs does");
  const auto sample = os::read_file(*folder / "sample.json");
  if (!sample) return failed(sample.error().message);
  auto visit = wire::decode_criterion_sample(*sample);
  if (!visit) return failed(visit.error().message);
  visit->seconds = run.seconds;
  return *std::move(visit);
}

}  // namespace pulsebench::run
