#include "pulsebench/session/build_cache.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/sha256.hpp"
#include "pulsebench/session/shared_libraries.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFactsFile = "facts.txt";
constexpr std::size_t kCommitDigits = 40;
constexpr std::size_t kFactDigits = 16;

bool steers_a_build(std::string_view name) {
  constexpr std::array kNames{"AR",
                              "ARFLAGS",
                              "AS",
                              "CC",
                              "CFLAGS",
                              "CPATH",
                              "CPP",
                              "CPPFLAGS",
                              "CXX",
                              "CXXFLAGS",
                              "CPLUS_INCLUDE_PATH",
                              "C_INCLUDE_PATH",
                              "LD",
                              "LDFLAGS",
                              "LIBRARY_PATH",
                              "MAKEFLAGS",
                              "PATH",
                              "PKG_CONFIG_PATH",
                              "RUSTFLAGS",
                              "SDKROOT"};
  constexpr std::array kPrefixes{"CMAKE_", "CONAN_", "VCPKG_", "BAZEL_", "CARGO_"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view prefix) {
           return name.substr(0, prefix.size()) == prefix;
         });
}

std::set<std::string> build_variables() {
  std::set<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text{*variable};
    if (steers_a_build(text.substr(0, text.find('=')))) variables.emplace(text);
  }
  return variables;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// "compiler /usr/bin/x86_64-linux-gnu-g++-12 1234567 1690000000.5", for each that is found.
std::set<std::string> compilers() {
  std::set<std::string> found;
  const auto add = [&](const fs::path& file) {
    std::error_code error;
    const fs::path real = fs::canonical(file, error);
    struct stat status {};
    if (error || ::stat(real.c_str(), &status) != 0) return;
    found.insert(fmt::format("compiler {} {} {}.{:09}", real.string(), status.st_size,
                             status.st_mtim.tv_sec, status.st_mtim.tv_nsec));
  };
  for (const std::string& folder : split(variable("PATH"), ':')) {
    for (const std::string& name :
         {std::string{"cc"}, std::string{"c++"}, std::string{"gcc"}, std::string{"g++"},
          std::string{"clang"}, std::string{"clang++"}, variable("CC"), variable("CXX")}) {
      if (!name.empty()) add(fs::path{folder} / name);
    }
  }
  return found;
}

/// Whether the folder is one that `BuildCache::keep` made.
bool is_build(const fs::path& folder) {
  const std::string name = folder.filename().string();
  std::error_code ignored;
  return name.size() == kCommitDigits + 1 + kFactDigits && name[kCommitDigits] == '-' &&
         is_hex(name.substr(0, kCommitDigits)) && is_hex(name.substr(kCommitDigits + 1)) &&
         fs::is_directory(fs::symlink_status(folder, ignored)) &&
         fs::is_regular_file(fs::symlink_status(folder / kFactsFile, ignored));
}

}  // namespace

std::vector<config::SuiteEntry> built_entries(const config::Config& config) {
  if (config.build.suites.empty()) return config.suites;
  return {{.path = config.build.suites}};
}

std::string build_facts(const config::Config& config, const std::string& machine_key) {
  std::string facts = fmt::format("command {}\n", config.build.command);
  for (const auto& entry : built_entries(config)) facts += "program " + entry.path + '\n';
  for (const auto& workload : config.workloads) {
    for (const std::string& word : workload.command) facts += "word " + word + '\n';
  }
  facts += "machine " + machine_key + '\n';
  for (const std::string& text : build_variables()) facts += "variable " + text + '\n';
  for (const std::string& text : compilers()) facts += text + '\n';
  for (const char* database :
       {"/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/rpm/rpmdb.sqlite"}) {
    if (const auto sum = os::sha256_of_file(database)) facts += "packages " + *sum + '\n';
  }
  return facts;
}

BuildCache::BuildCache(const fs::path& root, std::string facts)
    : folder_(root / ".pulsebench" / "builds"), facts_(std::move(facts)) {}

std::string BuildCache::name_of(const std::string& commit) const {
  return commit + "-" + os::sha256_of(facts_).substr(0, kFactDigits);
}

fs::path BuildCache::log_of(const std::string& name) const { return folder_ / (name + ".log"); }

fs::path BuildCache::lock_of(const std::string& name) const { return folder_ / (name + ".lock"); }

std::optional<fs::path> BuildCache::find(const std::string& name) const {
  const fs::path kept = folder_ / name;
  if (!is_build(kept)) return std::nullopt;
  std::error_code ignored;
  fs::last_write_time(kept, fs::file_time_type::clock::now(), ignored);
  return kept;
}

Result<void> BuildCache::keep(const std::string& name, const fs::path& built,
                              const std::vector<run::Program>& programs) const {
  const fs::path partial = folder_ / (name + ".partial");
  std::error_code error;
  fs::remove_all(partial, error);
  std::vector<std::string> contents;
  for (const run::Program& program : programs) {
    const fs::path place = program.executable.lexically_normal().lexically_relative(built);
    if (place.empty() || *place.begin() == "..") {
      return fail(ErrorCode::bad_input, printable(program.executable.string()) +
                                            " is not of the build of a revision; name it relative "
                                            "to the root of the project");
    }
    PB_TRY(const auto& content, os::read_file(program.executable));
    PB_CHECK(os::write_whole(partial / place, content, 0777));
    contents.push_back(content);
  }
  PB_CHECK(copy_libraries(libraries_of(std::move(contents), built), partial / kLibraryFolder));
  PB_CHECK(os::write_whole(partial / kFactsFile, facts_));
  fs::rename(partial, folder_ / name, error);
  if (error) return os::io_failure("keep the build in", folder_ / name, error.value());
  if (const int failed = os::sync_folder(folder_)) return os::io_failure("sync", folder_, failed);
  return {};
}

void BuildCache::prune(std::size_t most, std::chrono::hours unused) const {
  std::error_code ignored;
  std::vector<std::pair<fs::file_time_type, fs::path>> builds;
  for (fs::directory_iterator entry{folder_, ignored}, end; entry != end;
       entry.increment(ignored)) {
    if (is_build(entry->path()))
      builds.emplace_back(entry->last_write_time(ignored), entry->path());
  }
  std::sort(builds.rbegin(), builds.rend());
  const auto young = fs::file_time_type::clock::now() - unused;
  for (std::size_t i = most; i < builds.size(); ++i) {
    const std::string name = builds[i].second.filename().string();
    const auto lock = os::FileLock::try_take(lock_of(name));
    if (builds[i].first > young || !lock || !*lock) continue;
    fs::remove_all(builds[i].second, ignored);
    fs::remove(log_of(name), ignored);
    fs::remove(lock_of(name), ignored);
  }
}

}  // namespace pulsebench::session
