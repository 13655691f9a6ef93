#include "pulsebench/os/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::os {
namespace {

void write_holder(const Descriptor& file, const std::string& text) {
  // Who holds it is only told to those who wait: the lock holds without it.
  if (::ftruncate(file.number(), 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(file.number(), text.data(), text.size(), 0);
  }
}

}  // namespace

std::string FileLock::holder_of(const std::filesystem::path& file) {
  std::array<char, 80> text{};
  const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  const ssize_t got = ::pread(opened.number(), text.data(), text.size(), 0);
  return got > 0 ? printable({text.data(), static_cast<std::size_t>(got - 1)}) : "another process";
}

Result<std::optional<FileLock>> FileLock::try_take(const std::filesystem::path& file) {
  constexpr int kReading = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  for (;;) {
    Descriptor opened{::open(file.c_str(), kFlags, 0644)};
    if (!opened.open() && errno == EACCES) {  // root's, which others may read: it locks as well
      opened = Descriptor{::open(file.c_str(), kReading)};
    }
    struct stat ours {};
    if (!opened.open() || ::fstat(opened.number(), &ours) != 0) {
      return io_failure("lock", file, errno);
    }
    if (!S_ISREG(ours.st_mode)) return io_failure("lock", file, EINVAL);
    if (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) continue;
      if (errno != EWOULDBLOCK) return io_failure("lock", file, errno);
      return std::optional<FileLock>{};
    }
    // Its last holder may have removed it since it was opened; then another file has the name.
    struct stat named {};
    if (::lstat(file.c_str(), &named) != 0 || named.st_ino != ours.st_ino) continue;
    write_holder(opened, this_holder());
    return std::optional{FileLock{std::move(opened)}};
  }
}

}  // namespace pulsebench::os
