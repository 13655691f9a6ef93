#include "pulsebench/os/guarded_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "pulsebench/os/guarded_refusals.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::os {
namespace {

namespace fs = std::filesystem;

constexpr int kEnter = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

Failure no_part(const fs::path& path, mode_t mode, const char* expected) {
  return refuse_part(path, {S_ISLNK(mode) ? "a symbolic link" : nullptr, S_ISDIR(mode)}, expected);
}

/// Whether what `status` describes belongs to a user whom the owner of `root` has to trust.
Result<void> check_owner(const struct stat& status, const fs::path& path, const fs::path& root) {
  struct stat top {};
  if (status.st_uid == ::geteuid() || status.st_uid == 0) return {};
  if (::stat(root.c_str(), &top) != 0) return io_failure("read", root, errno);
  if (status.st_uid == top.st_uid) return {};
  return fail(ErrorCode::bad_input,
              fmt::format("{} belongs to another user (uid {}), so it is not used; remove it, or "
                          "make it yours with chown",
                          printable(path.string()), status.st_uid));
}

FileFacts facts_of(std::string name, const struct stat& status) {
  const auto since_epoch = std::chrono::seconds{status.st_mtim.tv_sec} +
                           std::chrono::nanoseconds{status.st_mtim.tv_nsec};
  using TimePoint = std::chrono::system_clock::time_point;
  return {.name = std::move(name),
          .is_file = S_ISREG(status.st_mode),
          .is_folder = S_ISDIR(status.st_mode),
          .bytes = static_cast<std::uintmax_t>(status.st_size),
          .modified = TimePoint{std::chrono::duration_cast<TimePoint::duration>(since_epoch)}};
}

}  // namespace

Result<Descriptor> GuardedFolder::enter(const fs::path& folder, const fs::path& path,
                                        const char* what, bool make) const {
  if (const int error = make ? make_folders(root_) : 0; error != 0) {
    return refusal(what, root_ / path, error);
  }
  Descriptor at{::open(root_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (!at.open()) return refusal(what, root_ / path, errno);
  fs::path above = root_;
  for (const fs::path& part : folder) {
    const fs::path here = above / part;
    if (part == "..") return refusal(what, here, EINVAL);
    if (make && ::mkdirat(at.number(), part.c_str(), 0777) == 0) {
      if (const int error = sync_folder(at); error != 0) return refusal(what, here, error);
    } else if (make && errno != EEXIST) {
      return refusal(what, root_ / path, errno);
    }
    Descriptor next{::openat(at.number(), part.c_str(), kEnter)};
    struct stat status {};
    if (!next.open()) {
      const int error = errno;
      const bool is_there = ::fstatat(at.number(), part.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
      if (is_there && !S_ISDIR(status.st_mode)) return no_part(here, status.st_mode, "a folder");
      return refusal(what, root_ / path, error);
    }
    if (::fstat(next.number(), &status) != 0) return refusal(what, here, errno);
    PB_CHECK(check_owner(status, here, root_));
    at = std::move(next);
    above = here;
  }
  return at;
}

Result<Descriptor> GuardedFolder::open(const fs::path& file) const {
  const fs::path path = root_ / file;
  PB_TRY(const Descriptor folder, enter(file.parent_path(), file, "read"));
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  const std::string name = file.filename().string();
  Descriptor opened{::openat(folder.number(), name.c_str(), kFlags)};
  struct stat status {};
  if (!opened.open()) {
    const int error = errno;
    const bool is_there =
        ::fstatat(folder.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (is_there && !S_ISREG(status.st_mode)) return no_part(path, status.st_mode, "a file");
    return refusal("read", path, error);
  }
  if (::fstat(opened.number(), &status) != 0) return refusal("read", path, errno);
  if (!S_ISREG(status.st_mode)) return no_part(path, status.st_mode, "a file");
  PB_CHECK(check_owner(status, path, root_));
  return opened;
}

Result<void> GuardedFolder::write(const fs::path& file, std::string_view content,
                                  std::optional<mode_t> mode, Sync sync) const {
  const fs::path path = root_ / file;
  PB_TRY(const Descriptor folder, enter(file.parent_path(), file, "write", true));
  const std::string name = file.filename().string();
  struct stat status {};
  if (::fstatat(folder.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    if (!S_ISREG(status.st_mode)) return no_part(path, status.st_mode, "a file");
    PB_CHECK(check_owner(status, path, root_));
  }
  int error = EXDEV;
  if (!staging_.empty()) {
    const auto staging = enter(staging_, file, "write", true);
    if (!staging && staging.error().code == ErrorCode::bad_input) return Failure{staging.error()};
    if (staging) error = replace_in(folder, name, content, mode, *staging, sync);
  }
  // The staging folder may be of another file system, or root's, where the file's folder is not.
  const bool beside = error == EXDEV || error == EACCES || error == EPERM || error == EROFS;
  if (beside) error = replace_in(folder, name, content, mode, folder, sync);
  if (error != 0) return refusal("write", path, error);
  return {};
}

Result<bool> GuardedFolder::make_folder(const fs::path& folder) const {
  PB_TRY(const Descriptor above, enter(folder.parent_path(), folder, "write", true));
  const bool is_new = ::mkdirat(above.number(), folder.filename().c_str(), 0777) == 0;
  int error = is_new ? sync_folder(above) : errno;
  if (error != 0 && error != EEXIST) return refusal("write", root_ / folder, error);
  return is_new;
}

Result<FileFacts> GuardedFolder::facts(const fs::path& path) const {
  PB_TRY(const Descriptor folder, enter(path.parent_path(), path, "read"));
  struct stat status {};
  const std::string name = path.filename().string();
  if (::fstatat(folder.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    return refusal("read", root_ / path, errno);
  }
  return facts_of(name, status);
}

Result<std::vector<FileFacts>> GuardedFolder::list(const fs::path& folder) const {
  PB_TRY(const Descriptor entered, enter(folder, folder, "list"));
  const int readable = ::openat(entered.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> opened{readable < 0 ? nullptr : ::fdopendir(readable),
                                                   &::closedir};
  if (!opened) return refusal("list", root_ / folder, errno);
  std::vector<FileFacts> entries;
  for (errno = 0; const dirent* entry = ::readdir(opened.get()); errno = 0) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") continue;
    struct stat status {};
    if (::fstatat(entered.number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
      entries.push_back(facts_of(name, status));
    } else if (errno != ENOENT) {  // it is gone since
      return refusal("list", root_ / folder, errno);
    }
  }
  if (errno != 0) return refusal("list", root_ / folder, errno);
  std::ranges::sort(entries, {}, &FileFacts::name);
  return entries;
}

Result<void> GuardedFolder::remove(const fs::path& file) const { return unlink(file, 0); }

Result<void> GuardedFolder::remove_folder(const fs::path& empty) const {
  return unlink(empty, AT_REMOVEDIR);
}

Result<void> GuardedFolder::unlink(const fs::path& path, int flags) const {
  PB_TRY(const Descriptor folder, enter(path.parent_path(), path, "remove"));
  if (::unlinkat(folder.number(), path.filename().c_str(), flags) == 0) return {};
  return refusal("remove", root_ / path, errno);
}

}  // namespace pulsebench::os
