#include "pulsebench/session/shared_libraries.hpp"

#include <cstdlib>
#include <map>
#include <system_error>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::session {
namespace fs = std::filesystem;

namespace {

/// The shared libraries below `folder` by name; a link stands for the file that it leads to.
std::map<std::string, fs::path> libraries_in(const fs::path& folder) {
  std::map<std::string, fs::path> found;
  std::error_code ignored;
  for (fs::recursive_directory_iterator entry{folder, ignored}, end; entry != end;
       entry.increment(ignored)) {
    const std::string name = entry->path().filename().string();
    const bool is_library = name.ends_with(".so") || name.find(".so.") != std::string::npos;
    if (is_library && fs::is_regular_file(entry->path(), ignored)) {
      found.emplace(name, entry->path());
    }
  }
  return found;
}

/// Whether a program or library has the name as a text of its own, as those that it loads.
bool has_name(const std::string& content, const std::string& library) {
  return content.find('\0' + library + '\0') != std::string::npos;
}

}  // namespace

std::vector<fs::path> libraries_of(std::vector<std::string> contents, const fs::path& built) {
  auto candidates = libraries_in(built);
  std::vector<fs::path> found;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    for (auto candidate = candidates.begin(); candidate != candidates.end();) {
      if (!has_name(contents[i], candidate->first)) {
        ++candidate;
        continue;
      }
      found.push_back(candidate->second);
      if (auto content = os::read_file(candidate->second)) {
        contents.push_back(*std::move(content));
      }
      candidate = candidates.erase(candidate);
    }
  }
  return found;
}

Result<void> copy_libraries(const std::vector<fs::path>& libraries, const fs::path& folder) {
  for (const fs::path& library : libraries) {
    PB_TRY(const auto& content, os::read_file(library));
    PB_CHECK(os::write_whole(folder / library.filename(), content, 0777));
  }
  return {};
}

std::string library_variable(const fs::path& folder) {
  const char* const ours = std::getenv("LD_LIBRARY_PATH");
  const std::string variable = "LD_LIBRARY_PATH=" + folder.string();
  return ours == nullptr ? variable : variable + ":" + ours;
}

}  // namespace pulsebench::session
