#include "pulsebench/os/file_io.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>

#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemporary = ".pulsebench-";

/// A name that nobody can have put a file under in advance.
std::string temporary_name() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) {
    number =
        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  }
  return fmt::format("{}{:016x}.tmp", kTemporary, number);
}

/// Whether a folder is of /proc or /sys, where no file can be replaced.
bool is_of_kernel(const fs::path& folder) {
  struct statfs facts {};
  if (::statfs(folder.empty() ? "." : folder.c_str(), &facts) != 0) return false;
  return facts.f_type == PROC_SUPER_MAGIC || facts.f_type == SYSFS_MAGIC;
}

/// The file that `file` is, when the links at its end are followed. What a link of /proc points to
/// is an open file rather than a path; such a link stays.
fs::path followed(fs::path file) {
  constexpr int kMostLinks = 40;  // as the kernel
  std::error_code error;
  for (int i = 0; i < kMostLinks; ++i) {
    const fs::path target = fs::read_symlink(file, error);
    if (error || is_of_kernel(file.parent_path())) return file;
    file = file.parent_path() / target;
  }
  return file;
}

/// Writes into what is there: a device, a FIFO, an open file.
int write_into(const fs::path& file, std::string_view content) {
  Descriptor opened;
  std::error_code ignored;
  const fs::path folder = fs::weakly_canonical(file.parent_path(), ignored);
  if (folder == fmt::format("/proc/{}/fd", ::getpid())) {            // /dev/stdout, /dev/fd/5
    opened = Descriptor{::dup(std::atoi(file.filename().c_str()))};  // at its place in the file
  } else {
    opened = Descriptor{::open(file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY)};
  }
  if (!opened.open()) return errno;
  if (const int error = write_all(opened, content); error != 0) return error;
  return opened.reset();
}

}  // namespace

int sync_folder(const fs::path& folder) {
  const Descriptor opened{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  return opened.open() ? sync_folder(opened) : errno;
}

int sync_folder(const Descriptor& folder) {
  const Descriptor opened{::openat(folder.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!opened.open()) return errno;
  return ::fsync(opened.number()) == 0 || errno == EINVAL ? 0 : errno;
}

int make_folders(const fs::path& folder) {
  struct stat status {};
  if (folder.empty() || ::stat(folder.c_str(), &status) == 0) return 0;
  const fs::path above =
      folder.has_filename() ? folder.parent_path() : folder.parent_path().parent_path();
  if (const int error = make_folders(above); error != 0) return error;
  if (::mkdir(folder.c_str(), 0777) != 0) return errno == EEXIST ? 0 : errno;
  return sync_folder(above.empty() ? fs::path{"."} : above);
}

int replace_in(const Descriptor& folder, const std::string& name, std::string_view content,
               std::optional<mode_t> mode, const Descriptor& staging, Sync sync) {
  struct stat old {};
  const bool replaces =
      !mode && ::fstatat(folder.number(), name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
  const mode_t kept = replaces ? old.st_mode & 0777U : mode.value_or(0666);
  const std::string temporary = temporary_name();
  constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  Descriptor opened{::openat(staging.number(), temporary.c_str(), kNew, kept)};
  if (!opened.open()) return errno;
  const auto give_up = [&](int error) {
    (void)::unlinkat(staging.number(), temporary.c_str(), 0);
    return error;
  };
  if (replaces) {  // only root may give a file away; else it is ours, as any new file
    [[maybe_unused]] const int given = ::fchown(opened.number(), old.st_uid, old.st_gid);
    if (::fchmod(opened.number(), kept) != 0) return give_up(errno);
  }
  if (const int error = write_all(opened, content); error != 0) return give_up(error);
  if (sync == Sync::now && ::fsync(opened.number()) != 0) return give_up(errno);
  if (const int error = opened.reset(); error != 0) return give_up(error);
  if (::renameat(staging.number(), temporary.c_str(), folder.number(), name.c_str()) != 0) {
    return give_up(errno);
  }
  return sync == Sync::now ? sync_folder(folder) : 0;
}

Result<void> write_whole(const fs::path& named, std::string_view content,
                         std::optional<mode_t> mode) {
  const fs::path file = followed(named);
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
  struct stat there {};
  const bool exists = ::stat(file.c_str(), &there) == 0;
  const bool is_unknown = !exists && errno != ENOENT && errno != ENOTDIR;  // links in a circle
  int error = is_unknown ? errno : make_folders(folder);
  if (error == 0 && (is_of_kernel(folder) || (exists && !S_ISREG(there.st_mode)))) {
    error = write_into(file, content);
  } else if (error == 0) {
    const Descriptor opened{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
    error =
        opened.open() ? replace_in(opened, file.filename().string(), content, mode, opened) : errno;
    if (error == EBUSY) error = write_into(file, content);  // a file that is mounted there
  }
  if (error == 0) return {};
  Failure failure = io_failure("write", named, error);
  failure.value().code = ErrorCode::io;
  return failure;
}

}  // namespace pulsebench::os
