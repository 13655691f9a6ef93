#include "pulsebench/session/source_files.hpp"

#include <system_error>

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

fs::path repository_around(const fs::path& root) {
  std::error_code ignored;
  fs::path start = fs::absolute(root, ignored);
  for (fs::path folder = start; folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", ignored)) return folder;
  }
  return start;
}

/// `path` without its first component.
fs::path without_first(const fs::path& path) {
  fs::path rest;
  for (auto part = std::next(path.begin()); part != path.end(); ++part) rest /= *part;
  return rest;
}

}  // namespace

SourceFiles::SourceFiles(const fs::path& root) : folder_(repository_around(root)) {}

std::optional<SourceLine> SourceFiles::find(const std::optional<SourceLine>& named) const {
  if (!named) return std::nullopt;
  fs::path end = fs::path{named->file}.lexically_normal().relative_path();
  for (; !end.empty(); end = without_first(end)) {
    std::error_code ignored;
    if (*end.begin() != ".." && fs::is_regular_file(folder_ / end, ignored)) {
      return SourceLine{end.generic_string(), named->line};
    }
  }
  return std::nullopt;
}

std::optional<SourceLine> SourceFiles::name(const std::optional<SourceLine>& named) const {
  if (!named) return std::nullopt;
  const auto found = find(named);
  return found ? found : SourceLine{fs::path{named->file}.filename().string(), named->line};
}

}  // namespace pulsebench::session
