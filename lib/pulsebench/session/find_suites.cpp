#include <glob.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <system_error>

#include "pulsebench/config/load.hpp"
#include "pulsebench/session/session.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kGlob = "*?[";

bool is_program(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

std::string escaped(const std::string& path) {
  std::string text;
  for (const char c : path) {
    if (kGlob.find(c) != std::string_view::npos || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

/// The paths below `folder` that `pattern` matches, by name.
std::vector<fs::path> matches(const fs::path& folder, const std::string& pattern) {
  const bool absolute = fs::path{pattern}.is_absolute();
  const std::string whole = absolute ? pattern : escaped(folder.string()) + "/" + pattern;
  glob_t found{};
  std::vector<fs::path> paths;
  if (glob(whole.c_str(), 0, nullptr, &found) == 0) {
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  globfree(&found);
  return paths;
}

/// The executables that the entry `text` names, below `root`. Where there are none, `why` says so.
std::vector<fs::path> named_by(const std::string& text, const fs::path& root, std::string& why) {
  const fs::path path = root / text;
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  if (fs::is_directory(status)) {
    why = "has no executables";
    return run::executables_in(path);
  }
  if (fs::exists(status)) {
    why = "is not an executable file";
    return is_program(path) ? std::vector{path} : std::vector<fs::path>{};
  }
  if (text.find_first_of(kGlob) == std::string::npos) {
    why = "does not exist";
    return {};
  }
  why = "matches no executable";
  auto found = matches(root, text);
  std::erase_if(found, [](const fs::path& match) { return !is_program(match); });
  return found;
}

Result<std::vector<fs::path>> configured(const Workspace& workspace) {
  const config::Config& config = workspace.config;
  const std::string root = printable(workspace.root.string());
  if (config.file.empty()) {
    return fail(ErrorCode::not_found, root +
                                          " has no pulsebench.json that names its benchmarks; "
                                          "create one with pulsebench init, or name a program "
                                          "with --exe");
  }
  const std::string file = root + "/" + config.file;
  if (config.suites.empty()) {
    return fail(ErrorCode::not_found,
                file + " names no suites; add \"suites\", or name a program with --exe");
  }
  std::vector<fs::path> found;
  for (const std::string& entry : config.suites) {
    std::string why;
    const auto programs = named_by(entry, workspace.root, why);
    if (programs.empty()) {
      return fail(ErrorCode::not_found, "the suite '" + printable(entry) + "' in " + file + " " +
                                            why + "; build it, or correct the entry");
    }
    for (const fs::path& program : programs) {
      if (std::ranges::find(found, program) == found.end()) found.push_back(program);
    }
  }
  return found;
}

}  // namespace

Result<std::vector<fs::path>> Session::find_suites(
    const std::vector<std::string>& executables) const {
  std::vector<fs::path> found;
  for (const std::string& executable : executables) {
    std::error_code error;
    fs::path path = fs::canonical(executable, error);
    if (error) {
      return fail(ErrorCode::not_found,
                  "--exe '" + printable(executable) + "': " + error.message());
    }
    found.push_back(std::move(path));
  }
  if (!found.empty()) return found;
  // Suites that were built with this program are measured in the project of both alone.
  const fs::path& built = environment.built_suites;
  if (config::find_root(built) == workspace.root) found = run::executables_in(built);
  return found.empty() ? configured(workspace) : found;
}

}  // namespace pulsebench::session
