#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <algorithm>
#include <cerrno>
#include <ratio>
#include <utility>

#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/os/guarded_refusals.hpp"
#include "pulsebench/os/open_file.hpp"
#include "pulsebench/os/windows_error.hpp"
#include "pulsebench/os/windows_files.hpp"
#include "pulsebench/vocabulary/try.hpp"

// Unlike on Linux, a part of a path is looked at before it is used, so that who may write to the
// folder could exchange it in between; and owners are not compared, since who may write is a matter
// of access lists here.
namespace pulsebench::os {
namespace {

namespace fs = std::filesystem;

Failure no_part(const fs::path& path, DWORD attributes, const char* expected) {
  const bool is_link = (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
  return refuse_part(
      path, {is_link ? "a link" : nullptr, (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0}, expected);
}

bool is_folder(DWORD attributes) {
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 &&
         (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;
}

bool is_file(DWORD attributes) {
  constexpr DWORD kOthers =
      FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DEVICE;
  return (attributes & kOthers) == 0;
}

std::chrono::system_clock::time_point time_of(FILETIME time) {
  using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;  // since 1601
  constexpr Ticks kEpoch{116'444'736'000'000'000};                               // 1970
  const auto ticks =
      static_cast<std::int64_t>((std::uint64_t{time.dwHighDateTime} << 32U) | time.dwLowDateTime);
  using TimePoint = std::chrono::system_clock::time_point;
  return TimePoint{std::chrono::duration_cast<TimePoint::duration>(Ticks{ticks} - kEpoch)};
}

/// Of `WIN32_FILE_ATTRIBUTE_DATA` or `WIN32_FIND_DATAW`, which have the same names.
template <class Seen>
FileFacts facts_of(std::string name, const Seen& seen) {
  return {.name = std::move(name),
          .is_file = is_file(seen.dwFileAttributes),
          .is_folder = is_folder(seen.dwFileAttributes),
          .bytes = (std::uintmax_t{seen.nFileSizeHigh} << 32U) | seen.nFileSizeLow,
          .modified = time_of(seen.ftLastWriteTime)};
}

class Search {
 public:
  explicit Search(const fs::path& folder)
      : handle_(::FindFirstFileW((folder / "*").c_str(), &entry_)) {}
  ~Search() {
    if (opened()) ::FindClose(handle_);
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  [[nodiscard]] bool opened() const { return handle_ != INVALID_HANDLE_VALUE; }
  [[nodiscard]] const WIN32_FIND_DATAW& entry() const { return entry_; }
  [[nodiscard]] bool next() { return ::FindNextFileW(handle_, &entry_) != 0; }

 private:
  WIN32_FIND_DATAW entry_{};
  HANDLE handle_;
};

}  // namespace

/// The descriptor stays empty: here a folder is used by its path.
Result<Descriptor> GuardedFolder::enter(const fs::path& folder, const fs::path& path,
                                        const char* what, bool make) const {
  if (const int error = make ? make_folders(root_) : 0; error != 0) {
    return refusal(what, root_ / path, error);
  }
  fs::path here = root_;
  for (const fs::path& part : folder) {
    here /= part;
    if (part == "..") return refusal(what, here, EINVAL);
    if (make && ::CreateDirectoryW(here.c_str(), nullptr) == 0 && last_errno() != EEXIST) {
      return refusal(what, root_ / path, last_errno());
    }
    const DWORD attributes = ::GetFileAttributesW(here.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES) return refusal(what, root_ / path, last_errno());
    if (!is_folder(attributes)) return no_part(here, attributes, "a folder");
  }
  return Descriptor{};
}

Result<Descriptor> GuardedFolder::open(const fs::path& file) const {
  const fs::path path = root_ / file;
  PB_CHECK(enter(file.parent_path(), file, "read"));
  const DWORD attributes = ::GetFileAttributesW(path.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return refusal("read", path, last_errno());
  if (!is_file(attributes)) return no_part(path, attributes, "a file");
  Descriptor opened = open_to_read(path);
  if (!opened.open()) return refusal("read", path, errno);
  return opened;
}

Result<void> GuardedFolder::write(const fs::path& file, std::string_view content,
                                  std::optional<mode_t>, Sync sync) const {
  const fs::path path = root_ / file;
  PB_CHECK(enter(file.parent_path(), file, "write", true));
  const DWORD attributes = ::GetFileAttributesW(path.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES && !is_file(attributes)) {
    return no_part(path, attributes, "a file");
  }
  int error = EXDEV;
  if (!staging_.empty()) {
    const auto staging = enter(staging_, file, "write", true);
    if (!staging && staging.error().code == ErrorCode::bad_input) return Failure{staging.error()};
    if (staging) error = replace_file(path, content, root_ / staging_, sync);
  }
  const bool beside = error == EXDEV || error == EACCES || error == EROFS;
  if (beside) error = replace_file(path, content, path.parent_path(), sync);
  if (error != 0) return refusal("write", path, error);
  return {};
}

Result<bool> GuardedFolder::make_folder(const fs::path& folder) const {
  PB_CHECK(enter(folder.parent_path(), folder, "write", true));
  if (::CreateDirectoryW((root_ / folder).c_str(), nullptr) != 0) return true;
  const int error = last_errno();
  if (error != EEXIST) return refusal("write", root_ / folder, error);
  return false;
}

Result<FileFacts> GuardedFolder::facts(const fs::path& path) const {
  PB_CHECK(enter(path.parent_path(), path, "read"));
  WIN32_FILE_ATTRIBUTE_DATA seen{};
  if (::GetFileAttributesExW((root_ / path).c_str(), GetFileExInfoStandard, &seen) == 0) {
    return refusal("read", root_ / path, last_errno());
  }
  return facts_of(path.filename().string(), seen);
}

Result<std::vector<FileFacts>> GuardedFolder::list(const fs::path& folder) const {
  PB_CHECK(enter(folder, folder, "list"));
  Search search{root_ / folder};
  if (!search.opened()) return refusal("list", root_ / folder, last_errno());
  std::vector<FileFacts> entries;
  do {
    const std::string name = fs::path{search.entry().cFileName}.string();
    if (name != "." && name != "..") entries.push_back(facts_of(name, search.entry()));
  } while (search.next());
  if (::GetLastError() != ERROR_NO_MORE_FILES) {
    return refusal("list", root_ / folder, last_errno());
  }
  std::ranges::sort(entries, {}, &FileFacts::name);
  return entries;
}

Result<void> GuardedFolder::remove(const fs::path& file) const {
  PB_CHECK(enter(file.parent_path(), file, "remove"));
  if (::DeleteFileW((root_ / file).c_str()) != 0) return {};
  return refusal("remove", root_ / file, last_errno());
}

Result<void> GuardedFolder::remove_folder(const fs::path& empty) const {
  PB_CHECK(enter(empty.parent_path(), empty, "remove"));
  if (::RemoveDirectoryW((root_ / empty).c_str()) != 0) return {};
  return refusal("remove", root_ / empty, last_errno());
}

}  // namespace pulsebench::os
