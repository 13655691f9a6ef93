#include "pulsebench/os/glob.hpp"

#include <fnmatch.h>
#include <glob.h>

#include <string_view>

namespace pulsebench::os {
namespace fs = std::filesystem;
namespace {

std::string escaped(const std::string& path) {
  std::string text;
  constexpr std::string_view kGlob = "*?[";
  for (const char c : path) {
    if (kGlob.find(c) != std::string_view::npos || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

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

bool matches_name(const std::string& pattern, const std::string& name) {
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

}  // namespace pulsebench::os
