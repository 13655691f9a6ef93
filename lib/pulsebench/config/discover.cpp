#include "pulsebench/config/discover.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <regex>
#include <system_error>

#include "config_schema.hpp"
#include "pulsebench/config/cmake_build.hpp"
#include "pulsebench/config/program_image.hpp"
#include "pulsebench/json/parse.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::config {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostVisited = 1'000'000;
constexpr std::size_t kLargestProgram = std::size_t{1} << 30U;

/// Folders without programs of the project: hidden ones, and what CMake and npm keep.
bool is_skipped(const fs::path& folder) {
  constexpr std::array kNames{"CMakeFiles", "_deps", "node_modules", "vcpkg_installed"};
  const std::string name = folder.filename().string();
  return name.starts_with('.') || std::ranges::find(kNames, name) != kNames.end();
}

bool may_be_program(const fs::directory_entry& entry) {
  std::error_code ignored;
  return fs::is_regular_file(entry.symlink_status(ignored)) &&
         entry.path().filename().string().find(".so") == std::string::npos &&
         os::is_executable(entry.path());
}

/// What lies below a folder: programs, and the build folders of CMake.
struct Found {
  std::vector<fs::path> programs;
  std::vector<CMakeBuild> builds;
};

Found search(const fs::path& root) {
  Found found;
  std::size_t seen = 0;
  std::error_code error;
  fs::recursive_directory_iterator entry{root, fs::directory_options::skip_permission_denied,
                                         error};
  for (const fs::recursive_directory_iterator end; entry != end && seen < kMostVisited; ++seen) {
    std::error_code ignored;
    if (fs::is_directory(entry->symlink_status(ignored))) {
      if (is_skipped(entry->path())) entry.disable_recursion_pending();
      if (auto build = cmake_build_in(entry->path(), root)) found.builds.push_back(*build);
    } else if (may_be_program(*entry)) {
      const auto content = os::read_file(entry->path(), 0, kLargestProgram);
      if (content && is_benchmark_program(*content)) found.programs.push_back(entry->path());
    }
    entry.increment(error);
    if (error) break;
  }
  std::ranges::sort(found.programs);
  return found;
}

int rank_of(const std::string& type) {
  constexpr std::array kBest{"Release", "RelWithDebInfo", "", "MinSizeRel"};
  return static_cast<int>(std::ranges::find(kBest, type) - kBest.begin());
}

bool is_below(const std::string& path, const std::string& folder) {
  return path.starts_with(folder + "/");
}

/// The programs of `build`, relative to the root.
std::vector<std::string> programs_of(const CMakeBuild& build,
                                     const std::vector<std::string>& programs) {
  std::vector<std::string> own;
  std::ranges::copy_if(programs, std::back_inserter(own),
                       [&](const std::string& path) { return is_below(path, build.folder); });
  return own;
}

/// The builds that have a program of the list below them; where none has, those that make all of
/// them elsewhere.
std::vector<CMakeBuild> builds_of(const std::vector<std::string>& programs,
                                  std::vector<CMakeBuild> builds, const fs::path& root) {
  std::ranges::stable_sort(builds, {}, [](const CMakeBuild& build) { return rank_of(build.type); });
  std::vector<CMakeBuild> having = builds;
  std::erase_if(having,
                [&](const CMakeBuild& build) { return programs_of(build, programs).empty(); });
  if (!having.empty()) return having;
  std::erase_if(builds, [&](const CMakeBuild& build) {
    return targets_of(root / build.folder, programs).empty();
  });
  return builds;
}

/// A program of Cargo by a glob in place of its hash: "target/release/deps/words-*".
std::string by_name(const std::string& program) {
  static const std::regex kOfCargo{"(.*/deps/[A-Za-z0-9_]+)-[0-9a-f]{16}"};
  std::smatch parts;
  return std::regex_match(program, parts, kOfCargo) ? parts.str(1) + "-*" : program;
}

/// The project's programs where CMake has not built them.
Discovery without_cmake(const fs::path& root, std::vector<std::string> programs) {
  Discovery found{.project = root.filename().string(),
                  .programs = std::move(programs),
                  .build_type = {},
                  .build_command = {},
                  .other_builds = {},
                  .repeated = {}};
  std::error_code ignored;
  if (fs::is_regular_file(root / "Cargo.toml", ignored)) {
    const auto is_debug = [](const std::string& path) { return is_below(path, "target/debug"); };
    found.build_type = std::ranges::all_of(found.programs, is_debug) ? "Debug" : "Release";
    if (found.build_type == "Release") std::erase_if(found.programs, is_debug);
    found.build_command = "cargo bench --no-run";
    return found;
  }
  const bool is_written = fs::is_regular_file(root / "Makefile", ignored) &&
                          !fs::exists(root / "CMakeCache.txt", ignored);  // CMake's is not kept
  if (!is_written) return found;
  found.build_command = "make";
  for (const std::string& program : found.programs) found.build_command += " " + program;
  return found;
}

}  // namespace

bool is_benchmark_program(std::string_view content) {
  if (!is_program_image(content)) return false;
  const auto has = [&](std::string_view text) {
    return content.find(text) != std::string_view::npos;
  };
  return has("libbenchmark.so") || has("benchmark_list_tests") ||
         has("N5Catch9Benchmark6Detail17BenchmarkFunction5modelI") || has("NANOBENCH_ENDLESS") ||
         (has("CRITERION_HOME") && has("save-baseline"));
}

Result<Discovery> discover(const fs::path& root) {
  Found files = search(root);
  std::vector<std::string> programs, repeated;
  for (const fs::path& path : files.programs) {
    std::string program = by_name(path.lexically_relative(root).generic_string());
    if (programs.empty() || programs.back() != program) {
      programs.push_back(std::move(program));
    } else if (repeated.empty() || repeated.back() != program) {
      repeated.push_back(std::move(program));
    }
  }
  if (programs.empty()) {
    return fail(ErrorCode::not_found,
                "no program below " + printable(root.string()) +
                    " has benchmarks of Google Benchmark, Catch2, nanobench or Criterion.rs; build "
                    "one first, as in: cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake "
                    "--build build");
  }
  const std::vector<CMakeBuild> builds = builds_of(programs, std::move(files.builds), root);
  if (builds.empty()) {
    Discovery found = without_cmake(root, std::move(programs));
    found.repeated = std::move(repeated);
    return found;
  }
  const CMakeBuild& best = builds.front();
  std::vector<std::string> own = programs_of(best, programs);
  Discovery found{.project = best.project.empty() ? root.filename().string() : best.project,
                  .programs = own.empty() ? std::move(programs) : std::move(own),
                  .build_type = best.type,
                  .build_command = {},
                  .other_builds = {},
                  .repeated = std::move(repeated)};
  found.build_command = build_command(best, root, found.programs);
  for (std::size_t i = 1; i < builds.size(); ++i) found.other_builds.push_back(builds[i].folder);
  return found;
}

std::string configuration_for(const Discovery& found, const std::string& schema) {
  const auto quoted = [](const std::string& text) { return json::line_text(json::Value(text)); };
  std::string text = "{\n  \"$schema\": " + quoted(schema) + ",\n";
  text += "  \"project\": " + quoted(printable(found.project, 60)) + ",\n  \"suites\": [";
  const char* separator = "\n    ";
  for (const std::string& program : found.programs) {
    text += separator + quoted(program);
    separator = ",\n    ";
  }
  text += "\n  ]";
  if (!found.build_command.empty()) {
    text += ",\n  \"build\": {\n    \"command\": " + quoted(found.build_command) + "\n  }";
  }
  return text + "\n}\n";
}

std::string_view config_schema() { return kConfigSchema; }

}  // namespace pulsebench::config
