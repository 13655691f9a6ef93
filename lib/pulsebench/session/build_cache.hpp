#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pulsebench/config/config.hpp"
#include "pulsebench/os/file_lock.hpp"
#include "pulsebench/run/suite.hpp"
#include "pulsebench/vocabulary/result.hpp"

namespace pulsebench::session {

/// The programs that are kept of a build: those of `build.suites`, else those of the configuration.
[[nodiscard]] std::vector<config::SuiteEntry> built_entries(const config::Config& config);

/// Everything but the commit that decides what a build makes, one fact a line: the command and
/// which programs are kept, the machine, for which `-march=native` builds, the variables that build
/// tools read, the compilers on PATH (file, size and time of change), and the state of the
/// installed packages of Debian, Alpine and Fedora.
[[nodiscard]] std::string build_facts(const config::Config& config, const std::string& machine_key);

/// The builds of git revisions below `.pulsebench/builds/`, each in a folder of its own. Its name
/// is
/// `<commit>-<16 hex digits>`, of the commit and the build facts. A folder that exists is complete:
/// it was synced before it got its name.
class BuildCache {
 public:
  BuildCache(const std::filesystem::path& root, std::string facts);

  /// How many builds are kept; older ones go, unless they were used within the last day.
  static constexpr std::size_t kMostBuilds = 20;
  static constexpr std::chrono::hours kUnusedFor{24};

  [[nodiscard]] std::string name_of(const std::string& commit) const;
  [[nodiscard]] std::filesystem::path log_of(const std::string& name) const;
  [[nodiscard]] std::filesystem::path lock_of(const std::string& name) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  /// The folder of a complete build, which counts as used now; empty where there is none. A program
  /// lies in it as it lay in the folder that was built.
  [[nodiscard]] std::optional<std::filesystem::path> find(const std::string& name) const;

  /// Where a build keeps the shared libraries that it made and that its programs load.
  static constexpr const char* kLibraryFolder = "pulsebench-libraries";

  /// Copies the programs from `built`, in which they are, synced, and puts the build into its
  /// place. `bad_input` where one lies elsewhere, `io` where copying fails; then there is no such
  /// build.
  [[nodiscard]] Result<void> keep(const std::string& name, const std::filesystem::path& built,
                                  const std::vector<run::Program>& programs) const;

  /// Removes the builds beyond the newest `most` that were not used for `unused`, with their logs.
  /// What is not a build of this cache stays.
  void prune(std::size_t most = kMostBuilds, std::chrono::hours unused = kUnusedFor) const;

 private:
  std::filesystem::path folder_;
  std::string facts_;
};

}  // namespace pulsebench::session
