#include <algorithm>
#include <cstddef>
#include <string_view>
#include <system_error>

#include "pulsebench/os/glob.hpp"

namespace pulsebench::os {
namespace fs = std::filesystem;
namespace {

/// A set such as "[a-z]" at the begin of `pattern`: its length, 0 where none is closed, and whether
/// `letter` is in it.
struct Set {
  std::size_t length = 0;
  bool has = false;
};

Set read_set(std::string_view pattern, char letter) {
  const std::size_t end = pattern.find(']', 2);  // the first letter may be a ]
  if (end == std::string_view::npos) return {};
  Set set{.length = end + 1};
  for (std::size_t i = 1; i < end; ++i) {
    const bool is_range = i + 2 < end && pattern[i + 1] == '-';
    const char last = is_range ? pattern[i + 2] : pattern[i];
    if (pattern[i] <= letter && letter <= last) set.has = true;
    if (is_range) i += 2;
  }
  return set;
}

bool is_match(std::string_view pattern, std::string_view name) {
  while (!pattern.empty()) {
    if (pattern.front() == '*') {
      pattern.remove_prefix(1);
      for (std::size_t i = 0; i <= name.size(); ++i) {
        if (is_match(pattern, name.substr(i))) return true;
      }
      return false;
    }
    if (name.empty()) return false;
    const Set set = pattern.front() == '[' ? read_set(pattern, name.front()) : Set{};
    const bool fits =
        set.length > 0 ? set.has : pattern.front() == '?' || pattern.front() == name.front();
    if (!fits) return false;
    pattern.remove_prefix(std::max(set.length, std::size_t{1}));
    name.remove_prefix(1);
  }
  return name.empty();
}

void add_matches(const fs::path& folder, const fs::path& pattern, std::vector<fs::path>& found) {
  const fs::path first = *pattern.begin();
  const fs::path rest = pattern.lexically_relative(first);
  std::error_code error;
  for (fs::directory_iterator entry{folder, error}, end; entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with('.') || !is_match(first.string(), name)) continue;
    if (rest == ".") {
      found.push_back(entry->path());
    } else if (entry->is_directory(error)) {
      add_matches(entry->path(), rest, found);
    }
  }
}

}  // namespace

std::vector<fs::path> matches(const fs::path& folder, const std::string& pattern) {
  const fs::path path{pattern};
  std::vector<fs::path> found;
  const fs::path top = path.is_absolute() ? path.root_path() : folder;
  add_matches(top, path.relative_path(), found);
  std::ranges::sort(found);
  return found;
}

bool matches_name(const std::string& pattern, const std::string& name) {
  return is_match(pattern, name);
}

}  // namespace pulsebench::os
